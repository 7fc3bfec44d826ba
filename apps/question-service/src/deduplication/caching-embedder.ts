import { createHash } from 'node:crypto';
import type { Span } from '@aiq/observability';
import type { Ask } from '../providers/question-provider.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { embeddingText } from './embed.ts';
import { assertComparable, embedQuestions } from './embed-questions.ts';
import type { EmbeddingCacheRepository } from './embedding-cache-repository.ts';
import type { EmbeddableQuestion, QuestionEmbedder } from './question-embedder.ts';

type Cache = Pick<EmbeddingCacheRepository, 'find' | 'store'>;

/**
 * Puts a cache before an embedder, keyed by its model and the text: a text is asked once.
 *
 * Only vectors that the embedder's own model computed are kept, so those of a model that stood in are never
 * found under its key. A cache that cannot be read or written costs time and nothing else.
 */
export function createCachingEmbedder(options: {
  readonly embedder: QuestionEmbedder;
  readonly cache: Cache;
  readonly telemetry: Telemetry;
}): QuestionEmbedder {
  const { embedder, cache, telemetry } = options;
  const { provider, model } = embedder;

  async function embed(questions: readonly EmbeddableQuestion[], ask: Ask, span: Span) {
    const keyed = questions.map((question) => ({ question, key: sha256(embeddingText(question)) }));
    const found = await readCache(keyed.map(({ key }) => key));
    const missing = new Map(
      keyed.filter(({ key }) => !found.has(key)).map(({ key, question }) => [key, question]),
    );
    const misses = keyed.filter(({ key }) => missing.has(key)).length;
    countLookUps(span, { hits: questions.length - misses, misses });

    const computed = await embedQuestions(embedder, [...missing.values()], ask);
    const fresh = new Map(
      [...missing.keys()].map((key, at) => [key, computed[at] as Float32Array]),
    );
    const vectors = keyed.map(({ key }) => (found.get(key) ?? fresh.get(key)) as Float32Array);
    // Also when the model has begun to give vectors of another length under its old name.
    assertComparable(model, vectors);
    if (fresh.size > 0) await writeCache(fresh);
    return { model, vectors };
  }

  function countLookUps(span: Span, { hits, misses }: { hits: number; misses: number }): void {
    span.setAttributes({ cache_hit: misses === 0, cache_hits: hits, cache_misses: misses });
    if (hits > 0) telemetry.recordMetric('embedding.cache.hits', hits);
    if (misses > 0) telemetry.recordMetric('embedding.cache.misses', misses);
  }

  async function readCache(keys: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    try {
      return await cache.find(model, [...new Set(keys)]);
    } catch (error) {
      telemetry.logger.warn('embedding cache not read', { error: String(error) });
      return new Map();
    }
  }

  async function writeCache(fresh: ReadonlyMap<string, Float32Array>): Promise<void> {
    try {
      await cache.store(model, fresh);
    } catch (error) {
      telemetry.logger.warn('embedding cache not written', { error: String(error) });
    }
  }

  return {
    provider,
    model,
    embed: (questions, ask) => {
      const attributes = { model, question_count: questions.length };
      return telemetry.startSpan('embedding.compute', { attributes }, (span) =>
        embed(questions, ask, span),
      );
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
