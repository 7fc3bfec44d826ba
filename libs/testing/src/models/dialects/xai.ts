import type { ModelFault } from '../model-answer.ts';
import { type Dialect, retryAfter } from './dialect.ts';
import { readResponsesCall, responsesReply } from './responses.ts';

type XaiError = { status: number; code: string; error: string };

const errors: Readonly<Record<ModelFault, XaiError>> = {
  'invalid request': {
    status: 400,
    code: 'Client specified an invalid argument',
    error: 'Invalid schema for response format.',
  },
  unauthenticated: {
    status: 400,
    code: 'Client specified an invalid argument',
    error:
      'Incorrect API key provided: xa***. You can obtain an API key from https://console.x.ai.',
  },
  'no credit': {
    status: 429,
    code: 'Some resource has been exhausted',
    error:
      'Your team has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit.',
  },
  'rate limit': {
    status: 429,
    code: 'Some resource has been exhausted',
    error: 'Too many requests for this model. Requests per minute (actual/limit): 481/480.',
  },
  'server error': {
    status: 500,
    code: 'Internal error',
    error: 'An unexpected error occurred.',
  },
  overloaded: {
    status: 503,
    code: 'The service is currently unavailable',
    error: 'Service temporarily unavailable. The model is at capacity.',
  },
};

/** Responses. A wrong key is answered with 400. @see https://docs.x.ai/docs/api-reference */
export const xai: Dialect = {
  basePath: '/xai/v1',
  keyHeader: 'authorization',
  read(path, body) {
    if (path !== '/responses') throw new Error(`xAI has no ${path} here`);
    return readResponsesCall(body);
  },
  reply: responsesReply,
  refuse(fault, options) {
    const { status, code, error } = errors[fault];
    return {
      status,
      headers: retryAfter(options),
      body: { code, error: options.message ?? error },
    };
  },
};
