import { telemetryMatchers } from '@aiq/observability/testing';
import { describe, expect, test } from 'vitest';
import { embedQuestions } from '../../src/deduplication/embed-questions.ts';
import { createModelEmbedder } from '../../src/models/create-model-embedder.ts';
import type { Ask, Usage } from '../../src/providers/question-provider.ts';
import { askOnce } from '../support/ask-once.ts';
import { connectToServer, everythingIn, planted } from '../support/models.ts';

expect.extend(telemetryMatchers);

const question = (content: string) => ({ content, options: ['yes', 'no', 'maybe', 'never'] });
const questions = [question(planted.prompt), question('Another'), question('A third')];
const embedding = {
  openai: 'openai/text-embedding-3-small',
  google: 'google/gemini-embedding-001',
} as const;

/** One attempt, and what it took. */
function listeningAsk() {
  const heard: Usage[] = [];
  const ask: Ask = async (purpose, attempt) => {
    const reply = await askOnce(purpose, attempt);
    heard.push(reply.usage);
    return reply;
  };
  return { ask, heard };
}

/** A vector that tells which text it is of. */
const vectorsOf = ({ texts }: { readonly texts: readonly string[] }) => ({
  kind: 'vectors' as const,
  vectors: texts.map((text) => [text.length, 1, 0.5]),
});

describe.for(['openai', 'google'] as const)('embeddings of %s', (provider) => {
  const model = embedding[provider].slice(provider.length + 1);

  test('are one vector for each question, in their order', async () => {
    const { embedding: client, server } = await connectToServer(vectorsOf);
    const embedder = createModelEmbedder(client(embedding[provider]));

    const vectors = await embedQuestions(embedder, questions, askOnce);

    const texts = server.calls.flatMap((call) => call.texts);
    expect(embedder.model).toBe(model);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toContain(planted.prompt);
    expect(vectors.map(([length]) => length)).toEqual(texts.map(({ length }) => length));
  });

  test('are one span and one duration, without the texts', async () => {
    const { embedding: client, memory } = await connectToServer(vectorsOf);

    await createModelEmbedder(client(embedding[provider])).embed(questions, askOnce);

    const labels = { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': model };
    expect(memory).toHaveSpanTree({
      name: `embeddings ${model}`,
      kind: 'client',
      status: 'unset',
      attributes: { ...labels, attempt: 1, text_count: 3 },
      children: [],
    });
    expect(memory.metric('gen_ai.client.operation.duration', labels)).toBe(1);
    expect(memory.refused()).toBe(0);
    expect(everythingIn(memory)).not.toContain(planted.prompt);
  });

  test('that fail are told by their category', async () => {
    const { embedding: client, memory } = await connectToServer(() => ({
      kind: 'rate limit',
      retryAfterSeconds: 2,
    }));

    const embedded = createModelEmbedder(client(embedding[provider])).embed(questions, askOnce);

    await expect(embedded).rejects.toMatchObject({ code: 'rate_limit', retryAfterMs: 2_000 });
    const failed = { 'gen_ai.operation.name': 'embeddings', 'error.type': 'rate_limit' };
    expect(memory.metric('gen_ai.client.operation.duration', failed)).toBe(1);
  });

  test('are given up at the deadline', async () => {
    const { embedding: client } = await connectToServer(() => ({ kind: 'hang' }));

    const embedder = createModelEmbedder(client(embedding[provider]));
    const askBriefly: Ask = (_purpose, attempt) =>
      attempt({ number: 1, signal: AbortSignal.timeout(100) });

    await expect(embedder.embed(questions, askBriefly)).rejects.toMatchObject({
      code: 'network_error',
    });
  });
});

test('an embedding’s tokens have their price where the provider tells them, and none where not', async () => {
  const { embedding: client, memory } = await connectToServer(vectorsOf);
  const { ask, heard } = listeningAsk();

  for (const reference of Object.values(embedding)) {
    await createModelEmbedder(client(reference)).embed(questions, ask);
  }

  const tokens = memory.spans()[0]?.attributes['gen_ai.usage.input_tokens'] as number;
  expect(tokens).toBeGreaterThan(10);
  expect(heard).toEqual([
    { inputTokens: tokens, outputTokens: 0, costUsd: expect.closeTo((tokens * 0.02) / 1e6, 15) },
    { inputTokens: 0, outputTokens: 0 },
  ]);
});

test('tokens that were not told have no cost, whatever their price', async () => {
  const price = { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0, pricedAt: '2026-10-01' };
  const { embedding: client } = await connectToServer(vectorsOf, {
    change: (models) => {
      const google = {
        ...models.providers.google,
        embeddings: { 'gemini-embedding-001': { price } },
      };
      return { ...models, providers: { ...models.providers, google } };
    },
  });
  const { ask, heard } = listeningAsk();

  await createModelEmbedder(client(embedding.google)).embed(questions, ask);

  expect(heard).toEqual([{ inputTokens: 0, outputTokens: 0 }]);
});

test('fewer vectors than texts are an error of the model', async () => {
  const { embedding: client } = await connectToServer(() => ({
    kind: 'vectors',
    vectors: [[1, 2, 3]],
  }));

  const embedded = createModelEmbedder(client(embedding.openai)).embed(questions, askOnce);

  await expect(embedded).rejects.toMatchObject({ code: 'model_error' });
});
