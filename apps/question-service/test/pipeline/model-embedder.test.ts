import { createHash } from 'node:crypto';
import { telemetryMatchers } from '@aiq/observability/testing';
import type { AnswerModel, ModelAnswer, ModelCall } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/commands/exit-code.ts';
import { createCachingEmbedder } from '../../src/deduplication/caching-embedder.ts';
import { createEmbeddingCacheRepository } from '../../src/deduplication/embedding-cache-repository.ts';
import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import { createModelEmbedder } from '../../src/models/create-model-embedder.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { fillBank } from '../support/bank.ts';
import { countRequest, createHarness, config as standard } from '../support/harness.ts';
import { connectToServer } from '../support/models.ts';
import { inventQuestion } from '../support/scripted-parts.ts';

expect.extend(telemetryMatchers);

const openai = 'openai/text-embedding-3-small';
const google = 'google/gemini-embedding-001';

/** A vector of 32 numbers that follows from the text: no two texts are alike. */
function vectorOf(text: string): number[] {
  return [...createHash('sha256').update(text).digest()].map((byte) => byte - 127.5);
}

const embedWell: AnswerModel = ({ texts }: ModelCall) => ({
  kind: 'vectors',
  vectors: texts.map(vectorOf),
});

/** The offline author and judge; vectors come from a model on the wire. */
async function createEmbeddingRun(answer: AnswerModel, reference: string = openai) {
  const { server, memory, embedding } = await connectToServer(answer);
  const harness = await createHarness();
  const config = {
    ...standard,
    retry: { ...standard.retry, baseDelayMs: 0 },
    generation: { ...standard.generation, batchSize: 5, concurrency: 1 },
  };
  const telemetry = memory.observability;
  const embedder = createCachingEmbedder({
    embedder: createModelEmbedder(embedding(reference)),
    cache: createEmbeddingCacheRepository(harness.database),
    telemetry,
  });
  return { ...harness.with({ config, embedder, telemetry }), memory, server };
}

/** What OpenAI would put on the bill: a token for four characters, at 0.02 US dollars for a million. */
function billOf(calls: readonly { readonly texts: readonly string[] }[]) {
  const tokens = calls.map(({ texts }) => Math.ceil(texts.join('').length / 4));
  const inputTokens = tokens.reduce((sum, each) => sum + each, 0);
  return { calls: calls.length, inputTokens, costUsd: (inputTokens * 0.02) / 1e6 };
}

describe('a run whose vectors come from a model', () => {
  test('books what they cost to the cent of a cent, in its summary and in the metric', async () => {
    const run = await createEmbeddingRun(embedWell);

    const summary = await run.run(countRequest(36));

    const { costUsd, ...tokens } = billOf(run.server.calls);
    expect(summary).toMatchObject({ state: 'succeeded', inserted: summary.approved });
    expect(tokens.calls).toBeGreaterThan(0);
    expect(summary.cost.byModel.find(({ provider }) => provider === 'openai')).toEqual({
      provider: 'openai',
      model: 'text-embedding-3-small',
      outputTokens: 0,
      ...tokens,
      costUsd: expect.closeTo(costUsd, 12),
    });
    expect(summary.cost.usd).toBeCloseTo(costUsd, 12);
    const labels = { provider: 'openai', model: 'text-embedding-3-small', purpose: 'embedding' };
    expect(run.memory.metric('api.cost_usd', labels)).toBeCloseTo(costUsd, 12);
    expect(run.memory).toHaveSpanTree({
      name: 'pipeline.deduplication',
      children: [
        { name: 'embedding.compute', children: [{ name: 'embeddings text-embedding-3-small' }] },
      ],
    });
  });

  test('pays nothing for a text that is in the cache', async () => {
    const run = await createEmbeddingRun(embedWell);
    await run.run(countRequest(18), { seed: 1 });
    const calls = run.server.calls.length;

    const again = await run.run(countRequest(18), { seed: 1 });

    expect(run.server.calls).toHaveLength(calls);
    expect(again.duplicates.exact).toBe(again.approved);
    expect(again.cost).toMatchObject({ usd: 0, unpricedCalls: 0 });
  });

  test('pays for embedding the bank anew, and stops there when it may cost no more', async () => {
    const run = await createEmbeddingRun(embedWell);
    const batch = { type: 'math', difficultyLevel: 'easy', seed: 'old', offset: 0 } as const;
    const old = Array.from({ length: 150 }, (_, at) =>
      inventQuestion({ ...batch, count: 150 }, at),
    );
    await fillBank(run, offlineEmbedder, old);
    const request = countRequest(5, { types: ['math'], difficulties: ['easy'] });

    const stopped = await run.run(request, { maxCostUsd: 1e-9 });
    const spent = run.server.calls.length;
    const whole = await run.run(request, { seed: 8 });

    expect(spent).toBe(1);
    expect(stopped.insertFailed.deduplication).toBe(stopped.approved);
    expect(stopped.errors.byCategory).toEqual({ embedding: 1 });
    expect(whole.inserted).toBe(whole.approved);
    expect(whole.cost.usd).toBeCloseTo(billOf(run.server.calls.slice(spent)).costUsd, 12);
  });

  test('ends at its cost ceiling: the batch in hand is stored, nothing new is begun', async () => {
    const run = await createEmbeddingRun(embedWell);

    const summary = await run.run(countRequest(90), { maxCostUsd: 1e-9 });

    expect(summary.state).toBe('partial');
    expect(run.server.calls).toHaveLength(1);
    expect(summary.inserted).toBe(summary.generated);
    expect(summary.failed.cost_ceiling).toBe(90 - summary.generated);
  });

  test('counts calls whose cost is not known, and takes them for the ceiling reached', async () => {
    const run = await createEmbeddingRun(embedWell, google);

    const free = await run.run(countRequest(18));
    const calls = run.server.calls.length;
    const limited = await run.run(countRequest(90), { seed: 8, maxCostUsd: 1_000 });

    expect(free.cost).toMatchObject({ usd: 0, unpricedCalls: calls });
    expect(limited.cost.unpricedCalls).toBe(1);
    expect(limited.failed.cost_ceiling).toBeGreaterThan(0);
    expect(run.memory.metric('api.unpriced_calls', { provider: 'google' })).toBe(calls + 1);
  });

  test('tries a model again that was out of order, and lets through what is embedded then', async () => {
    const run = await createEmbeddingRun((call) =>
      call.repetition === 0 ? { kind: 'server error' } : embedWell(call),
    );

    const summary = await run.run(countRequest(5));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 5 });
    expect(summary.retries).toBe(run.server.calls.length / 2);
    expect(summary.errors.byCategory).toEqual({ server_error: summary.retries });
  });

  const wrong: readonly [string, ModelAnswer, string, number][] = [
    ['is out of order', { kind: 'server error' }, 'server_error', 2],
    ['has no credit', { kind: 'no credit' }, 'billing_quota', 5],
    ['refuses the key', { kind: 'unauthenticated' }, 'authentication', 6],
    ['gives too few vectors', { kind: 'vectors', vectors: [[1]] }, 'model_error', 2],
    ['resets the connection', { kind: 'reset' }, 'network_error', 2],
    ['gives vectors without a direction', zeros(5), 'embedding', 2],
  ];
  test.for(wrong)(
    'lets no question through where the model %s',
    async ([, answer, category, code]) => {
      const run = await createEmbeddingRun(() => answer);

      const summary = await run.run(countRequest(5, { types: ['math'], difficulties: ['easy'] }));

      expect(summary).toMatchObject({ state: 'failed', approved: 5, inserted: 0 });
      expect(summary.insertFailed.deduplication).toBe(5);
      expect(summary.errors.byCategory).toHaveProperty(category);
      expect(exitCodeOf(summary)).toBe(code);
      const stored = createQuestionsRepository(run.database).countByRun(summary.runId);
      expect(await stored).toBe(0);
    },
  );
});

function zeros(count: number): ModelAnswer {
  return { kind: 'vectors', vectors: Array.from({ length: count }, () => [0, 0]) };
}
