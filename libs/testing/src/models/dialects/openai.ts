import { z } from 'zod';
import { countTokens, type ModelFault } from '../model-answer.ts';
import { type Dialect, retryAfter } from './dialect.ts';
import { readResponsesCall, responsesReply } from './responses.ts';

const embeddingsSchema = z.looseObject({
  model: z.string().min(1),
  input: z.array(z.string()).min(1),
});

type OpenaiError = { status: number; type: string; code: string | null; message: string };

const errors: Readonly<Record<ModelFault, OpenaiError>> = {
  'invalid request': {
    status: 400,
    type: 'invalid_request_error',
    code: 'invalid_json_schema',
    message: "Invalid schema for response_format 'response'.",
  },
  unauthenticated: {
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message: 'Incorrect API key provided: sk-***.',
  },
  'no credit': {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  'rate limit': {
    status: 429,
    type: 'tokens',
    code: 'rate_limit_exceeded',
    message: 'Rate limit reached on tokens per min (TPM): Limit 30000, Used 29000.',
  },
  'server error': {
    status: 500,
    type: 'server_error',
    code: null,
    message: 'The server had an error while processing your request.',
  },
  overloaded: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
    message: 'The engine is currently overloaded, please try again later.',
  },
};

/** Responses and embeddings. @see https://platform.openai.com/docs/api-reference */
export const openai: Dialect = {
  basePath: '/openai/v1',
  keyHeader: 'authorization',
  read(path, body) {
    if (path === '/responses') return readResponsesCall(body);
    if (path !== '/embeddings') throw new Error(`OpenAI has no ${path} here`);
    const { model, input } = embeddingsSchema.parse(body);
    return { model, instructions: '', prompt: '', texts: input };
  },
  reply: responsesReply,
  vectors: ({ model, texts }, vectors) => {
    const tokens = countTokens(texts.join(''));
    return {
      status: 200,
      body: {
        object: 'list',
        model,
        data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      },
    };
  },
  refuse(fault, options) {
    const { status, message, ...error } = errors[fault];
    return {
      status,
      headers: retryAfter(options),
      body: { error: { message: options.message ?? message, param: null, ...error } },
    };
  },
};
