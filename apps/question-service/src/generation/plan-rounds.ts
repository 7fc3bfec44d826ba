import type { GenerationBatch } from '../providers/question-provider.ts';
import type { QuestionType } from '../questions/question.ts';
import { deficits, type RunRequest, type StratumCount, spreadEvenly } from './plan.ts';

interface Options {
  readonly seed: number;
  /** The most questions of a type in one batch. */
  readonly batchSizeOf: (type: QuestionType) => number;
  /** Rounds after which filling gives up. */
  readonly fillRoundsMax: number;
  readonly readInventory: () => Promise<readonly StratumCount[]>;
}

/**
 * Plans a run in rounds of batches. A plain count is one round; filling looks at the bank before each
 * round and plans what is still missing, because duplicates leave gaps.
 */
export async function* planRounds(
  request: RunRequest,
  options: Options,
): AsyncGenerator<readonly GenerationBatch[]> {
  if (request.kind === 'count') {
    const { count, types, difficulties } = request;
    yield toBatches(spreadEvenly(count, types, difficulties), options, 0);
    return;
  }
  for (let round = 0; round < options.fillRoundsMax; round += 1) {
    const missing = deficits(request.target, await options.readInventory());
    if (missing.length === 0) return;
    yield toBatches(missing, options, round);
  }
}

/** Strata the run leaves below its target: always none for a plain count. */
export async function shortfall(
  request: RunRequest,
  { readInventory }: Pick<Options, 'readInventory'>,
): Promise<StratumCount[]> {
  return request.kind === 'fill' ? deficits(request.target, await readInventory()) : [];
}

function toBatches(
  counts: readonly StratumCount[],
  { seed, batchSizeOf }: Options,
  round: number,
): GenerationBatch[] {
  return counts.flatMap(({ type, difficultyLevel, count }) => {
    const batchSize = batchSizeOf(type);
    return Array.from({ length: Math.ceil(count / batchSize) }, (_, part) => ({
      type,
      difficultyLevel,
      count: Math.min(batchSize, count - part * batchSize),
      seed: `${seed}/${round}/${type}/${difficultyLevel}`,
      offset: part * batchSize,
    }));
  });
}
