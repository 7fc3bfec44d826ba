import { describe, expect, test } from 'vitest';
import { readRefusal } from '../../src/models/provider-failure.ts';
import type { ErrorCategory } from '../../src/telemetry/labels.ts';

/** As providers are known to answer where their statuses do not tell. */
const refusals: readonly [what: string, status: number, body: unknown, ErrorCategory][] = [
  [
    'Anthropic, spent, as a bad request',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      },
    },
    'billing_quota',
  ],
  [
    'Anthropic, a limit of its own making',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'You have reached your specified API usage limits.',
      },
    },
    'billing_quota',
  ],
  [
    'Anthropic, no permission',
    403,
    { type: 'error', error: { type: 'permission_error', message: 'Not for your organization.' } },
    'authentication',
  ],
  [
    'Anthropic, too large',
    413,
    { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds 32 MB' } },
    'invalid_request',
  ],
  [
    'OpenAI, no such model',
    404,
    { error: { message: 'The model does not exist', type: 'invalid_request_error', code: null } },
    'invalid_request',
  ],
  [
    'OpenAI, a failure inside a reply',
    400,
    { id: 'resp_1', status: 'failed', error: { code: 'server_error', message: 'An error' } },
    'server_error',
  ],
  [
    'OpenAI, a limit inside a reply',
    400,
    { id: 'resp_1', status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slower' } },
    'rate_limit',
  ],
  [
    'OpenAI, declined by policy',
    400,
    { error: { message: 'Rejected: violates our usage policies', type: 'x', code: null } },
    'model_error',
  ],
  [
    'Google, no day limit named, no pause',
    429,
    {
      error: {
        code: 429,
        message: 'Resource has been exhausted (e.g. check quota).',
        status: 'RESOURCE_EXHAUSTED',
      },
    },
    'rate_limit',
  ],
  [
    'Google, spent',
    429,
    {
      error: {
        code: 429,
        message: 'Your prepayment credits are depleted. Please go to AI Studio.',
        status: 'RESOURCE_EXHAUSTED',
      },
    },
    'billing_quota',
  ],
  [
    'xAI, spent, as forbidden',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Your team has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit.',
    },
    'billing_quota',
  ],
  [
    'xAI, declined, as forbidden',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'Content violates usage guidelines.',
    },
    'model_error',
  ],
  ['anyone, payment required', 402, '', 'billing_quota'],
  ['anyone, a proxy in between', 502, '<html>Bad Gateway</html>', 'server_error'],
  ['anyone, a request that took too long', 408, '', 'network_error'],
  ['anyone, a conflict', 409, '', 'server_error'],
  ['anyone, no words', 429, '', 'rate_limit'],
  ['anyone, JSON of no known form', 400, { error: [1, 2], code: 7 }, 'invalid_request'],
];

describe('a refusal', () => {
  test.for(refusals)('of %s (%i) is %4$s', ([, status, body, category]) => {
    const asText = typeof body === 'string' ? body : JSON.stringify(body);

    expect(readRefusal({ status, headers: {}, body: asText }).category).toBe(category);
    expect(readRefusal({ status, headers: {}, body }).category).toBe(category);
  });

  test('says how long to wait: in seconds, in milliseconds, as a date', () => {
    const pause = (headers: Record<string, string>) =>
      readRefusal({ status: 429, headers, body: '' }).retryAfterMs;
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();

    expect(pause({ 'retry-after': '7' })).toBe(7_000);
    expect(pause({ 'retry-after': '0.5', 'retry-after-ms': '431' })).toBe(431);
    expect(pause({ 'retry-after': inAMinute })).toBeGreaterThan(50_000);
    expect(pause({ 'retry-after': inAMinute })).toBeLessThanOrEqual(60_000);
    expect(pause({ 'retry-after': 'Mon, 01 Jan 2001 00:00:00 GMT' })).toBe(0);
  });

  test('that says nothing of use says no time', () => {
    for (const value of ['', 'soon', '-3']) {
      const { retryAfterMs } = readRefusal({
        status: 429,
        headers: { 'retry-after': value },
        body: '',
      });
      expect(retryAfterMs).toBeUndefined();
    }
  });

  test('of Google says how long in its details', () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.07s' }];
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: '', details } };

    expect(readRefusal({ status: 429, headers: {}, body })).toMatchObject({
      category: 'rate_limit',
      code: 'RESOURCE_EXHAUSTED',
      retryAfterMs: 34_070,
    });
  });
});
