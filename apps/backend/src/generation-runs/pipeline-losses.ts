import type { RunSummary } from './run-summary-schema.ts';

/** The stages of a run, in the order in which a question passes them. */
export const pipelineStages = ['generation', 'evaluation', 'deduplication', 'storage'] as const;
export type PipelineStage = (typeof pipelineStages)[number];

/** What of a run tells where its questions went. */
export type RunCounts = Pick<
  RunSummary,
  | 'requested'
  | 'generated'
  | 'approved'
  | 'inserted'
  | 'failed'
  | 'rejected'
  | 'unjudged'
  | 'duplicates'
  | 'insertFailed'
  | 'stages'
>;

/** What a stage took in, let through and lost. `entered` is `passed` and all of `lost`. */
export interface StageLosses {
  readonly stage: PipelineStage;
  readonly entered: number;
  readonly passed: number;
  /** By reason; without those that lost nothing. */
  readonly lost: Readonly<Record<string, number>>;
  /** Time spent in the stage. */
  readonly seconds: number;
}

/** Tells where the questions of a run were lost: each stage takes in what the one before let through. */
export function toStageLosses(run: RunCounts): StageLosses[] {
  const { exact, semantic } = run.duplicates;
  const passed = {
    generation: run.generated,
    evaluation: run.approved,
    deduplication: run.approved - exact - semantic,
    storage: run.inserted,
  };
  const lost = {
    generation: run.failed,
    evaluation: { ...run.rejected, unjudged: run.unjudged },
    deduplication: { exact, semantic },
    storage: run.insertFailed,
  };
  return pipelineStages.map((stage, index) => {
    const before = pipelineStages[index - 1];
    return {
      stage,
      entered: before === undefined ? run.requested : passed[before],
      passed: passed[stage],
      lost: withoutNone(lost[stage]),
      seconds: run.stages[stage].seconds,
    };
  });
}

function withoutNone(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
