import { z } from 'zod';
import type { ModelFault } from '../model-answer.ts';
import type { HttpAnswer, ReadCall, ReplyContent } from '../model-call.ts';
import { type Dialect, retryAfter } from './dialect.ts';

const texts = z.union([
  z.string(),
  z
    .array(z.looseObject({ type: z.string(), text: z.string().optional() }))
    .transform((parts) => parts.map(({ text }) => text ?? '').join('')),
]);
const requestSchema = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  stream: z.literal(false).optional(),
  system: texts.default(''),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: texts })).min(1),
  output_config: z
    .looseObject({
      format: z
        .looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) })
        .optional(),
    })
    .optional(),
});

type AnthropicError = { status: number; type: string; message: string };

const errors: Readonly<Record<ModelFault, AnthropicError>> = {
  'invalid request': {
    status: 400,
    type: 'invalid_request_error',
    message: 'output_config.format.schema: invalid schema.',
  },
  unauthenticated: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  'no credit': {
    status: 402,
    type: 'billing_error',
    message: 'Your credit balance is too low to access the Anthropic API.',
  },
  'rate limit': {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your organization's rate limit of 50 requests per minute.",
  },
  'server error': { status: 500, type: 'api_error', message: 'Internal server error' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
};

const stopReasons = { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal' } as const;

/** Messages. @see https://docs.claude.com/en/api/messages */
export const anthropic: Dialect = {
  basePath: '/anthropic/v1',
  keyHeader: 'x-api-key',
  read(path, body): ReadCall {
    if (path !== '/messages') throw new Error(`Anthropic has no ${path} here`);
    const request = requestSchema.parse(body);
    const schema = request.output_config?.format?.schema;
    return {
      model: request.model,
      instructions: request.system,
      prompt: request.messages.map(({ content }) => content).join('\n'),
      outputTokensMax: request.max_tokens,
      texts: [],
      ...(schema === undefined ? {} : { schema }),
    };
  },
  reply({ model }: ReadCall, { text, finish, usage }: ReplyContent): HttpAnswer {
    return {
      status: 200,
      body: {
        id: 'msg_0001',
        type: 'message',
        role: 'assistant',
        model: `${model}-20261101`,
        content: finish === 'refusal' ? [] : [{ type: 'text', text }],
        stop_reason: stopReasons[finish],
        stop_sequence: null,
        usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
      },
    };
  },
  refuse(fault, options) {
    const { status, type, message } = errors[fault];
    const error = { type, message: options.message ?? message };
    return {
      status,
      headers: retryAfter(options),
      body: { type: 'error', error, request_id: 'req_0001' },
    };
  },
};
