import { telemetryMatchers } from '@aiq/observability/testing';
import { type ModelAnswer, modelDialects } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../src/providers/question-provider.ts';
import type { ErrorCategory, ModelProviderName } from '../../src/telemetry/labels.ts';
import { connectToServer, green, planted, request, tried } from '../support/models.ts';

expect.extend(telemetryMatchers);

const usage = { inputTokens: 1_000, outputTokens: 200 };

/** What 1,000 tokens in and 200 out cost, by hand: of the prices in models.yaml. */
const costs = { openai: 0.004, anthropic: 0.004, google: 0.0015, xai: 0.0032 };

const genAiNames = { openai: 'openai', anthropic: 'anthropic', google: 'gcp.gemini', xai: 'x_ai' };
const answeredBy = {
  openai: 'gpt-6.1-sol-2026-11-01',
  anthropic: 'claude-sonnet-5-5-20261101',
  google: 'gemini-3.8-flash',
  xai: 'grok-4.7-2026-11-01',
};

describe.for(modelDialects)('a model of %s', (provider) => {
  const model = tried[provider].slice(provider.length + 1);

  test('answers with a value of the schema, and says what it took', async () => {
    const { server, client } = await connectToServer(() => ({ kind: 'json', value: green, usage }));

    const reply = await client(tried[provider]).ask(request({ outputTokensMax: 700 }));

    expect(reply).toEqual({
      value: green,
      usage: { ...usage, costUsd: expect.closeTo(costs[provider], 12) },
      finishReason: 'stop',
      responseModel: answeredBy[provider],
    });
    expect(server.misunderstood).toEqual([]);
    expect(server.calls).toMatchObject([
      {
        provider,
        model,
        ...planted,
        outputTokensMax: 700,
        schema: {
          type: 'object',
          required: ['colour', 'wavelength'],
          properties: { colour: { type: 'string' }, wavelength: { type: 'number' } },
        },
      },
    ]);
  });

  test('is one CLIENT span, one duration and its tokens', async () => {
    const { memory, client } = await connectToServer(() => ({ kind: 'json', value: green, usage }));
    const names = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': genAiNames[provider],
      'gen_ai.request.model': model,
    };

    await memory.observability.startSpan('provider.generate', () =>
      client(tried[provider]).ask(request({ attempt: 2, purpose: 'evaluation' })),
    );

    expect(memory).toHaveSpanTree({
      name: 'provider.generate',
      children: [
        {
          name: `chat ${model}`,
          kind: 'client',
          status: 'unset',
          attributes: {
            ...names,
            'gen_ai.response.model': answeredBy[provider],
            'gen_ai.response.finish_reasons': ['stop'],
            'gen_ai.usage.input_tokens': 1_000,
            'gen_ai.usage.output_tokens': 200,
            attempt: 2,
            purpose: 'evaluation',
          },
          children: [],
        },
      ],
    });
    const tokens = { ...names, 'gen_ai.token.modality': 'text' };
    expect(memory.metric('gen_ai.client.inference.usage.input_tokens', tokens)).toBe(1_000);
    expect(memory.metric('gen_ai.client.inference.usage.output_tokens', tokens)).toBe(200);
    expect(memory.metric('gen_ai.client.inference.duration', names)).toBe(1);
    expect(memory.refused()).toBe(0);
  });
});

interface Case {
  readonly answer: ModelAnswer;
  readonly category: ErrorCategory;
  readonly isRetryable: boolean;
  readonly retryAfterMs?: number;
  /** The reply came and was paid for. */
  readonly isPaid?: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'an empty object': {
    answer: { kind: 'json', value: {}, usage },
    category: 'model_error',
    isRetryable: true,
    isPaid: true,
  },
  'JSON of another form': {
    answer: { kind: 'json', value: { colour: 7, wavelength: 'Axolotl' }, usage },
    category: 'model_error',
    isRetryable: true,
    isPaid: true,
  },
  'text that is no JSON': {
    answer: { kind: 'text', text: 'Here is your Axolotl!', usage },
    category: 'model_error',
    isRetryable: true,
    isPaid: true,
  },
  'no text at all': {
    answer: { kind: 'text', text: '', usage },
    category: 'model_error',
    isRetryable: true,
    isPaid: true,
  },
  'JSON cut at the limit of tokens': {
    answer: { kind: 'cut json', value: green, usage },
    category: 'model_error',
    isRetryable: true,
    isPaid: true,
  },
  '400': {
    answer: { kind: 'invalid request' },
    category: 'invalid_request',
    isRetryable: false,
  },
  'a wrong key': {
    answer: { kind: 'unauthenticated' },
    category: 'authentication',
    isRetryable: false,
  },
  'a spent account': {
    answer: { kind: 'no credit' },
    category: 'billing_quota',
    isRetryable: false,
  },
  '429 with a pause': {
    answer: { kind: 'rate limit', retryAfterSeconds: 7 },
    category: 'rate_limit',
    isRetryable: true,
    retryAfterMs: 7_000,
  },
  '429 without': { answer: { kind: 'rate limit' }, category: 'rate_limit', isRetryable: true },
  '500': { answer: { kind: 'server error' }, category: 'server_error', isRetryable: true },
  'too much load': {
    answer: { kind: 'overloaded', retryAfterSeconds: 1 },
    category: 'server_error',
    isRetryable: true,
    retryAfterMs: 1_000,
  },
  'a page of HTML': { answer: { kind: 'html' }, category: 'server_error', isRetryable: true },
  'a reset before the answer': {
    answer: { kind: 'reset' },
    category: 'network_error',
    isRetryable: true,
  },
  // Replies are never streamed: a body in chunks that ends half-way is a broken connection.
  'a body in chunks, cut half-way': {
    answer: { kind: 'cut body', value: green },
    category: 'network_error',
    isRetryable: true,
  },
};

const everyCase = modelDialects.flatMap((provider) =>
  Object.entries(cases).map(([what, expected]) => ({ provider, what, ...expected })),
);

describe('what goes wrong', () => {
  test.for(everyCase)('$provider, $what: $category', async (expected) => {
    const { provider, answer, category, isRetryable, retryAfterMs, isPaid = false } = expected;
    const { memory, client, server } = await connectToServer(() => answer);

    const error = await client(tried[provider]).ask(request()).catch(identity);

    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: category, isRetryable });
    expect((error as ProviderError).retryAfterMs).toBe(retryAfterMs);
    expect((error as ProviderError).usage).toEqual(isPaid ? paidOf(provider) : undefined);
    expect(server.calls).toHaveLength(1);
    expectTelemetry(memory, provider, { category, isPaid });
  });

  test.for(modelDialects)('%s, a model that declines: model_error, not again', async (provider) => {
    const { memory, client } = await connectToServer(() => ({ kind: 'refusal', usage }));

    const error = await client(tried[provider]).ask(request()).catch(identity);

    // xAI has no way of its own to decline: what comes is an answer without text.
    const isRetryable = provider === 'xai';
    expect(error).toMatchObject({ code: 'model_error', isRetryable, usage: paidOf(provider) });
    expectTelemetry(memory, provider, { category: 'model_error', isPaid: true });
  });

  test.for(modelDialects)('%s, no answer in time: network_error', async (provider) => {
    const { memory, client } = await connectToServer(() => ({ kind: 'hang' }));

    const asked = request({ signal: AbortSignal.timeout(150) });
    const error = await client(tried[provider]).ask(asked).catch(identity);

    expect(error).toMatchObject({ code: 'network_error', isRetryable: true });
    expectTelemetry(memory, provider, { category: 'network_error', isPaid: false });
  });

  test('a call that is called off is nobody’s fault, and is not tried again', async () => {
    const { client, server } = await connectToServer(() => ({ kind: 'hang' }));
    const stop = new AbortController();

    const asked = client(tried.openai)
      .ask(request({ signal: stop.signal }))
      .catch(identity);
    await expect.poll(() => server.calls.length).toBe(1);
    stop.abort();

    expect(await asked).toMatchObject({ code: 'unknown', isRetryable: false });
  });

  test.for(modelDialects)('%s, nobody there: network_error', async (provider) => {
    const { client, server } = await connectToServer(() => ({ kind: 'hang' }));
    await server.stop();

    const error = await client(tried[provider]).ask(request()).catch(identity);

    expect(error).toMatchObject({ code: 'network_error', isRetryable: true });
    expect(String(error)).toContain('ECONNREFUSED');
  });
});

const identity = (error: unknown): unknown => error;

function paidOf(provider: ModelProviderName) {
  return { ...usage, costUsd: expect.closeTo(costs[provider], 12) };
}

type Memory = Awaited<ReturnType<typeof connectToServer>>['memory'];

/** One span that failed with the category, one duration, and tokens where there was a reply. */
function expectTelemetry(
  memory: Memory,
  provider: ModelProviderName,
  { category, isPaid }: { readonly category: ErrorCategory; readonly isPaid: boolean },
): void {
  const labels = { 'gen_ai.provider.name': genAiNames[provider], 'error.type': category };
  const tokens = { 'gen_ai.provider.name': genAiNames[provider] };
  expect(memory.spans()).toMatchObject([
    { kind: 'client', status: 'error', attributes: { ...labels, attempt: 1 } },
  ]);
  expect(memory.spans()[0]?.attributes['gen_ai.usage.output_tokens']).toBe(
    isPaid ? 200 : undefined,
  );
  expect(memory.metric('gen_ai.client.inference.duration', labels)).toBe(1);
  expect(memory.metric('gen_ai.client.inference.usage.output_tokens', tokens)).toBe(
    isPaid ? 200 : 0,
  );
  expect(memory.refused()).toBe(0);
}
