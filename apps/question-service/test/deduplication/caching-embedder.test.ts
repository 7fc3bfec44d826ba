import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { createTestObservability, telemetryMatchers } from '@aiq/observability/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCachingEmbedder } from '../../src/deduplication/caching-embedder.ts';
import { embedQuestions } from '../../src/deduplication/embed-questions.ts';
import {
  createEmbeddingCacheRepository,
  type EmbeddingCacheRepository,
} from '../../src/deduplication/embedding-cache-repository.ts';
import type { QuestionEmbedder } from '../../src/deduplication/question-embedder.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { askOnce } from '../support/ask-once.ts';

expect.extend(telemetryMatchers);

const options = ['a', 'b', 'c', 'd'];
const [one, two] = ['What comes first?', 'What comes second?'].map((content) => ({
  content,
  options,
})) as [{ content: string; options: string[] }, { content: string; options: string[] }];

/** Embeds by the length of the text, under a name of its own choice, and remembers what it was asked. */
function scriptedEmbedder(answer: Partial<{ model: string; vector: readonly number[] }> = {}) {
  const asked: string[] = [];
  const embedder: QuestionEmbedder = {
    provider: 'openai',
    model: 'primary',
    embed: async (questions) => {
      asked.push(...questions.map(({ content }) => content));
      const vectors = questions.map(({ content }) => answer.vector ?? [content.length / 3, 1]);
      return { model: answer.model ?? 'primary', vectors };
    },
  };
  return { asked, embedder };
}

async function createCache() {
  const { url } = await testDatabase();
  const database = createDatabase({ url: url('question_service'), applicationName: 'test' });
  onTestFinished(() => database.close());
  const cache = createEmbeddingCacheRepository(database);
  return { cache, entries: () => database.prisma.embeddingCacheEntry.findMany() };
}

function withCache(embedder: QuestionEmbedder, cache: EmbeddingCacheRepository) {
  const memory = createTestObservability({ service: 'aiq-question-service', metrics });
  const cached = createCachingEmbedder({ embedder, cache, telemetry: memory.observability });
  return {
    memory,
    embed: (questions: (typeof one)[]) => embedQuestions(cached, questions, askOnce),
  };
}

describe('createCachingEmbedder', () => {
  test('asks the model once for a text, and gives the same vector from the cache', async () => {
    const { cache } = await createCache();
    const { asked, embedder } = scriptedEmbedder();
    const first = withCache(embedder, cache);
    const second = withCache(embedder, cache);

    const computed = await first.embed([one, one]);
    const found = await second.embed([two, one]);

    expect(asked).toEqual([one.content, two.content]);
    expect(found[1]).toEqual(computed[0]);
    expect(first.memory.metric('embedding.cache.misses')).toBe(2);
    expect(second.memory.metric('embedding.cache.hits')).toBe(1);
    expect(second.memory.metric('embedding.cache.misses')).toBe(1);
  });

  test('tells on its span whether the cache answered', async () => {
    const { cache } = await createCache();
    const { memory, embed } = withCache(scriptedEmbedder().embedder, cache);

    await embed([one]);
    await embed([one]);

    const hits = memory.spans().map(({ attributes }) => attributes['cache_hit']);
    expect(hits).toEqual([false, true]);
  });

  test('keeps the vectors of each model apart', async () => {
    const { cache } = await createCache();
    const other = { ...scriptedEmbedder({ model: 'other', vector: [1, 2, 3] }).embedder };

    await withCache(scriptedEmbedder().embedder, cache).embed([one]);
    const [vector] = await withCache({ ...other, model: 'other' }, cache).embed([one]);

    expect(vector).toEqual(Float32Array.of(1, 2, 3));
  });

  // An earlier system cached the fallback's vectors under the primary model's key.
  test('refuses the vectors of a model that stood in, and keeps none of them', async () => {
    const { cache, entries } = await createCache();
    const { embedder } = scriptedEmbedder({ model: 'stand-in' });

    const embedding = withCache(embedder, cache).embed([one]);

    await expect(embedding).rejects.toMatchObject({ code: 'embedding_model_mismatch' });
    expect(await entries()).toEqual([]);
  });

  test.for([
    ['without a direction', [0, 0]],
    ['with a number that is not finite', [Number.NaN, 1]],
    ['that is empty', []],
    ['of another length than the cache has', [1, 2, 3]],
  ] as const)('refuses a vector %s, and keeps it not', async ([, vector]) => {
    const { cache, entries } = await createCache();
    await withCache(scriptedEmbedder().embedder, cache).embed([one]);

    const embedding = withCache(scriptedEmbedder({ vector }).embedder, cache).embed([one, two]);

    await expect(embedding).rejects.toMatchObject({ code: 'embedding_malformed' });
    expect(await entries()).toHaveLength(1);
  });

  test('goes on without the cache when it can be neither read nor written', async () => {
    const { cache } = await createCache();
    const { asked, embedder } = scriptedEmbedder();
    const away = async () => Promise.reject(new Error('no connection'));
    const { memory, embed } = withCache(embedder, { ...cache, find: away, store: away });

    const vectors = await embed([one]);

    expect(vectors).toHaveLength(1);
    expect(asked).toEqual([one.content]);
    expect(memory.logs().map(({ message }) => message)).toEqual([
      'embedding cache not read',
      'embedding cache not written',
    ]);
  });

  test('fails when the model does, and names the reason', async () => {
    const { cache } = await createCache();
    const down: QuestionEmbedder = {
      provider: 'openai',
      model: 'primary',
      embed: async () => Promise.reject(new Error('out of order')),
    };

    const embedding = withCache(down, cache).embed([one]);

    await expect(embedding).rejects.toMatchObject({
      code: 'embedding_unavailable',
      cause: { message: 'out of order' },
    });
  });
});

test('the cache forgets what is older than a moment, and nothing else', async () => {
  const { cache, entries } = await createCache();
  await cache.store('primary', [['0'.repeat(64), Float32Array.of(1)]]);

  expect(await cache.deleteOlderThan(new Date(Date.now() - 60_000))).toBe(0);
  expect(await cache.deleteOlderThan(new Date(Date.now() + 60_000))).toBe(1);
  expect(await entries()).toEqual([]);
});
