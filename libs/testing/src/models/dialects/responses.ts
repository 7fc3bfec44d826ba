import { z } from 'zod';
import type { HttpAnswer, ReadCall, ReplyContent } from '../model-call.ts';

/** The Responses API, as OpenAI and xAI have it. */
const part = z.looseObject({ type: z.string(), text: z.string().optional() });
const requestSchema = z.looseObject({
  model: z.string().min(1),
  stream: z.literal(false).optional(),
  input: z.array(
    z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(part)]) }),
  ),
  max_output_tokens: z.number().optional(),
  text: z
    .looseObject({
      format: z.looseObject({
        type: z.literal('json_schema'),
        name: z.string().min(1),
        strict: z.boolean().optional(),
        schema: z.record(z.string(), z.unknown()),
      }),
    })
    .optional(),
});

/** @throws {Error} Where the body is not a request of the Responses API. */
export function readResponsesCall(body: unknown): ReadCall {
  const request = requestSchema.parse(body);
  const textOf = (roles: readonly string[]) =>
    request.input
      .filter(({ role }) => roles.includes(role))
      .map(({ content }) =>
        typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join(''),
      )
      .join('\n');
  const { max_output_tokens: outputTokensMax, text } = request;
  return {
    model: request.model,
    instructions: textOf(['system', 'developer']),
    prompt: textOf(['user']),
    texts: [],
    ...(text === undefined ? {} : { schema: text.format.schema }),
    ...(outputTokensMax === undefined ? {} : { outputTokensMax }),
  };
}

export function responsesReply(call: ReadCall, content: ReplyContent): HttpAnswer {
  const { text, finish, usage } = content;
  const said =
    finish === 'refusal'
      ? { type: 'refusal', refusal: text }
      : { type: 'output_text', text, annotations: [], logprobs: [] };
  return {
    status: 200,
    body: {
      id: 'resp_0001',
      object: 'response',
      created_at: 1_764_000_000,
      status: finish === 'length' ? 'incomplete' : 'completed',
      error: null,
      incomplete_details: finish === 'length' ? { reason: 'max_output_tokens' } : null,
      model: `${call.model}-2026-11-01`,
      output: [
        {
          type: 'message',
          id: 'msg_0001',
          status: 'completed',
          role: 'assistant',
          content: [said],
        },
      ],
      usage: {
        input_tokens: usage.inputTokens,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: usage.outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    },
  };
}
