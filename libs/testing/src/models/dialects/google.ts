import { z } from 'zod';
import type { ModelFault } from '../model-answer.ts';
import type { HttpAnswer, ReadCall, ReplyContent } from '../model-call.ts';
import type { Dialect, Refusal } from './dialect.ts';

const content = z
  .looseObject({ parts: z.array(z.looseObject({ text: z.string() })) })
  .transform(({ parts }) => parts.map(({ text }) => text).join(''));
const requestSchema = z.looseObject({
  contents: z.array(content).min(1),
  systemInstruction: content.optional(),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.number().optional(),
      responseMimeType: z.literal('application/json').optional(),
      responseSchema: z.unknown().optional(),
      responseJsonSchema: z.unknown().optional(),
    })
    .optional(),
});
const embeddingSchema = z.looseObject({ content });
const batchSchema = z.looseObject({ requests: z.array(embeddingSchema).min(1).max(100) });

type GoogleError = { status: number; state: string; message: string; reason?: string };

const errors: Readonly<Record<ModelFault, GoogleError>> = {
  'invalid request': {
    status: 400,
    state: 'INVALID_ARGUMENT',
    message: 'Invalid JSON payload received. Unknown name "x" at generation_config.',
  },
  unauthenticated: {
    status: 400,
    state: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    reason: 'API_KEY_INVALID',
  },
  'no credit': {
    status: 429,
    state: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  'rate limit': {
    status: 429,
    state: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  'server error': { status: 500, state: 'INTERNAL', message: 'An internal error has occurred.' },
  overloaded: {
    status: 503,
    state: 'UNAVAILABLE',
    message: 'The model is overloaded. Please try again later.',
  },
};

const rpc = 'type.googleapis.com/google.rpc';

/** Limits by the minute and by the day are told apart by their details alone. */
function detailsOf(fault: ModelFault, reason: string | undefined, { retryAfterSeconds }: Refusal) {
  const quotaId = { 'no credit': 'RequestsPerDay', 'rate limit': 'RequestsPerMinute' } as const;
  const details: unknown[] = [];
  if (reason !== undefined) details.push({ '@type': `${rpc}.ErrorInfo`, reason });
  if (fault === 'no credit' || fault === 'rate limit') {
    const violations = [{ quotaId: `Generate${quotaId[fault]}PerProjectPerModel` }];
    details.push({ '@type': `${rpc}.QuotaFailure`, violations });
  }
  if (retryAfterSeconds !== undefined) {
    details.push({ '@type': `${rpc}.RetryInfo`, retryDelay: `${retryAfterSeconds}s` });
  }
  return details;
}

function reply({ model }: ReadCall, { text, finish, usage }: ReplyContent): HttpAnswer {
  const usageMetadata = {
    promptTokenCount: usage.inputTokens,
    candidatesTokenCount: usage.outputTokens,
    totalTokenCount: usage.inputTokens + usage.outputTokens,
  };
  const candidate = {
    index: 0,
    content: { role: 'model', parts: [{ text }] },
    finishReason: finish === 'length' ? 'MAX_TOKENS' : 'STOP',
  };
  return {
    status: 200,
    body: {
      responseId: 'response-0001',
      modelVersion: model,
      usageMetadata,
      candidates: finish === 'refusal' ? [{ index: 0, finishReason: 'SAFETY' }] : [candidate],
    },
  };
}

/**
 * `generateContent` and embeddings. A wrong key is answered with 400, and the pause stands in the body.
 * @see https://ai.google.dev/api
 */
export const google: Dialect = {
  basePath: '/google/v1beta',
  keyHeader: 'x-goog-api-key',
  read(path, body): ReadCall {
    const [, model, action] = /^\/models\/([^:]+):(\w+)$/.exec(path) ?? [];
    if (model === undefined) throw new Error(`Google has no ${path} here`);
    const embedding = { model, instructions: '', prompt: '' };
    switch (action) {
      case 'generateContent': {
        const { contents, systemInstruction, generationConfig } = requestSchema.parse(body);
        const schema = generationConfig?.responseJsonSchema ?? generationConfig?.responseSchema;
        const outputTokensMax = generationConfig?.maxOutputTokens;
        return {
          model,
          instructions: systemInstruction ?? '',
          prompt: contents.join('\n'),
          texts: [],
          ...(schema === undefined ? {} : { schema }),
          ...(outputTokensMax === undefined ? {} : { outputTokensMax }),
        };
      }
      case 'embedContent':
        return { ...embedding, texts: [embeddingSchema.parse(body).content] };
      case 'batchEmbedContents':
        return { ...embedding, texts: batchSchema.parse(body).requests.map((one) => one.content) };
      default:
        throw new Error(`Google has no ${path} here`);
    }
  },
  reply,
  vectors: ({ texts }, vectors) => {
    const embeddings = vectors.map((values) => ({ values }));
    return {
      status: 200,
      body: texts.length === 1 ? { embedding: embeddings[0] } : { embeddings },
    };
  },
  refuse(fault, options) {
    const { status, state, message, reason } = errors[fault];
    const details = detailsOf(fault, reason, options);
    const error = { code: status, message: options.message ?? message, status: state, details };
    return { status, body: { error } };
  },
};
