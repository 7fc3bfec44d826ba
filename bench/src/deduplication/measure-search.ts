import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BankSearch, offlineEmbedder } from '@aiq/question-service/deduplication';
import type { QuestionText } from './question-vectors.ts';

export interface SearchFigures {
  readonly embeddingSeconds: number;
  readonly searchSeconds: number;
  readonly cpuSeconds: number;
  /** The batch that took longest: in memory the first of a type, which reads the bank. */
  readonly slowestBatchSeconds: number;
  readonly duplicates: number;
  /** The most memory that the process held, as the kernel counts; and what it held before. */
  readonly rssMegabytesMax: number;
  readonly rssMegabytesBefore: number;
  readonly vectorMegabytes: number;
  /** How long the event loop stood still at most. */
  readonly longestPauseMs: number;
  /** 999 of 1,000 turns of the event loop kept the next one waiting for no longer. */
  readonly pauseMsP999: number;
}

/** Embeds candidates and looks for each in the bank, a batch of one type after the other, as a run does. */
export async function measureSearch(
  search: BankSearch,
  candidates: readonly QuestionText[],
  options: { readonly batchSize: number },
): Promise<SearchFigures> {
  const before = process.memoryUsage();
  const pauses = monitorEventLoopDelay({ resolution: 2 });
  pauses.enable();
  const cpu = process.cpuUsage();
  const figures = { embeddingMs: 0, searchMs: 0, slowestMs: 0, duplicates: 0 };

  for (const batch of toBatches(candidates, options.batchSize)) {
    const began = performance.now();
    const { vectors } = await offlineEmbedder.embed(batch);
    const embedded = performance.now();
    const found = await search.findNearest((batch[0] as QuestionText).type, vectors.map(toFloats));
    const took = performance.now() - embedded;
    figures.embeddingMs += embedded - began;
    figures.searchMs += took;
    figures.slowestMs = Math.max(figures.slowestMs, took);
    figures.duplicates += found.filter((neighbour) => neighbour !== undefined).length;
  }

  pauses.disable();
  const used = process.cpuUsage(cpu);
  return {
    embeddingSeconds: figures.embeddingMs / 1000,
    searchSeconds: figures.searchMs / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    slowestBatchSeconds: figures.slowestMs / 1000,
    duplicates: figures.duplicates,
    rssMegabytesMax: process.resourceUsage().maxRSS / 2 ** 10,
    rssMegabytesBefore: before.rss / 2 ** 20,
    vectorMegabytes: (process.memoryUsage().arrayBuffers - before.arrayBuffers) / 2 ** 20,
    longestPauseMs: pauses.max / 1e6,
    pauseMsP999: pauses.percentile(99.9) / 1e6,
  };
}

const toFloats = (vector: ArrayLike<number>) => Float32Array.from(vector);

function toBatches(candidates: readonly QuestionText[], size: number): QuestionText[][] {
  const types = Map.groupBy(candidates, ({ type }) => type);
  return [...types.values()].flatMap((list) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
      list.slice(part * size, (part + 1) * size),
    ),
  );
}
