import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type AnswerModel,
  injectFaults,
  type ModelAnswer,
  type ModelServer,
  startModelServer,
} from '../../src/index.ts';

const usage = { inputTokens: 10, outputTokens: 3 };

async function start(answer: AnswerModel): Promise<ModelServer> {
  const server = await startModelServer(answer);
  onTestFinished(() => server.stop());
  return server;
}

/** A question to Anthropic, as its clients put it. */
const ask = (server: ModelServer, prompt: string, headers = { 'x-api-key': 'planted' }) =>
  fetch(`${server.baseUrls.anthropic}/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      model: 'claude',
      max_tokens: 100,
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
    }),
    signal: AbortSignal.timeout(5_000),
  });

describe('a model server', () => {
  test('answers in the format of the provider that was asked', async () => {
    const server = await start(() => ({ kind: 'json', value: { a: 1 }, usage }));

    const response = await ask(server, 'Why?');

    expect(await response.json()).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: '{"a":1}' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 3 },
    });
  });

  test('keeps a journal of what it was asked and what it answered, without the keys', async () => {
    const server = await start(({ prompt }) => ({ kind: 'text', text: prompt.toUpperCase() }));

    await ask(server, 'one');
    await ask(server, 'two');
    await ask(server, 'one');

    expect(server.calls).toMatchObject([
      { provider: 'anthropic', model: 'claude', instructions: 'Be brief.', prompt: 'one' },
      { prompt: 'two', repetition: 0, answer: { kind: 'text', text: 'TWO' } },
      { prompt: 'one', repetition: 1, outputTokensMax: 100 },
    ]);
    expect(JSON.stringify(server.calls)).not.toContain('planted');
  });

  test('refuses what is not in the format of a provider, and tells why', async () => {
    const server = await start(() => ({ kind: 'hang' }));

    const keyless = await ask(server, 'Why?', { 'x-api-key': '' });
    const nowhere = await fetch(`${server.url}/elsewhere`, { method: 'POST', body: '{}' });

    expect([keyless.status, nowhere.status]).toEqual([400, 400]);
    expect(server.calls).toEqual([]);
    expect(server.misunderstood).toEqual([
      expect.stringContaining('wants its key in x-api-key'),
      expect.stringContaining('no provider lives here'),
    ]);
  });

  test.for<[ModelAnswer['kind'], ModelAnswer]>([
    ['reset', { kind: 'reset' }],
    ['cut body', { kind: 'cut body', value: { a: 'long enough to be cut' } }],
  ])('breaks the connection: %s', async ([, answer]) => {
    const server = await start(() => answer);

    await expect(ask(server, 'Why?').then((response) => response.text())).rejects.toThrow();
    expect(server.calls).toHaveLength(1);
  });

  test('can be told to answer otherwise, and says how long to wait', async () => {
    const server = await start(() => ({ kind: 'text', text: 'yes' }));
    server.play(() => ({ kind: 'overloaded', retryAfterSeconds: 3 }));

    const response = await ask(server, 'Why?');

    expect(response.status).toBe(529);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toMatchObject({ error: { type: 'overloaded_error' } });
  });
});

describe('injected faults', () => {
  const call = (prompt: string, repetition = 0) => ({
    provider: 'openai' as const,
    model: 'gpt',
    instructions: '',
    prompt,
    texts: [],
    headers: {},
    repetition,
  });
  const faults: ModelAnswer[] = [{ kind: 'reset' }, { kind: 'rate limit' }];
  const inject = (seed: number) =>
    injectFaults({ seed, share: 0.2, faults, otherwise: () => ({ kind: 'text', text: 'fine' }) });
  const prompts = Array.from({ length: 1_000 }, (_, index) => `question ${index}`);

  test('meet their share of the requests, each fault its part', () => {
    const kinds = prompts.map((prompt) => inject(7)(call(prompt)).kind);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;

    expect(count('text')).toBeGreaterThan(760);
    expect(count('text')).toBeLessThan(840);
    expect(count('reset')).toBeGreaterThan(70);
    expect(count('rate limit')).toBeGreaterThan(70);
  });

  test('depend on the seed and on what is asked, not on the order', () => {
    const inOrder = prompts.map((prompt) => inject(7)(call(prompt)).kind);
    const reversed = prompts.toReversed().map((prompt) => inject(7)(call(prompt)).kind);

    expect(reversed.toReversed()).toEqual(inOrder);
    expect(prompts.map((prompt) => inject(8)(call(prompt)).kind)).not.toEqual(inOrder);
    expect(prompts.map((prompt) => inject(7)(call(prompt, 1)).kind)).not.toEqual(inOrder);
  });
});
