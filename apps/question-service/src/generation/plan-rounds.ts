import { shareOut } from '../inventory/share-out.ts';
import type { GenerationBatch } from '../providers/question-provider.ts';
import type { QuestionType } from '../questions/question.ts';
import { deficits, type RunRequest, type StratumCount, spreadEvenly } from './plan.ts';

interface Options {
  readonly seed: number;
  /** The most questions of a type in one batch. */
  readonly batchSizeOf: (type: QuestionType) => number;
  /** Rounds after which filling gives up. */
  readonly fillRoundsMax: number;
  /** Stock as it will be once every other run is done. */
  readonly readInventory: () => Promise<readonly StratumCount[]>;
  /** Chooses from that stock while no other run chooses. */
  readonly reserve: (
    choose: (expected: readonly StratumCount[]) => readonly StratumCount[],
  ) => Promise<readonly StratumCount[]>;
}

/**
 * Plans a run in rounds of batches. A plain count is one round, and so is balancing, which shares it out by
 * what strata lack. Filling looks at the bank before each round and plans what is still missing, because
 * duplicates leave gaps.
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
  if (request.kind === 'balance') {
    const { count, target } = request;
    const shares = await options.reserve((stock) => shareOut(count, deficits(target, stock)));
    if (shares.length > 0) yield toBatches(shares, options, 0);
    return;
  }
  for (let round = 0; round < options.fillRoundsMax; round += 1) {
    const missing = await options.reserve((stock) => deficits(request.target, stock));
    if (missing.length === 0) return;
    yield toBatches(missing, options, round);
  }
}

/** Strata that filling left below its target; the other kinds promise no level. */
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
