import { type RunCounts, type StageLosses, toStageLosses } from './pipeline-losses.ts';
import { type ReportedState, reportedStates } from './run-summary-schema.ts';

/** From a moment to before another. */
export interface StatsWindow {
  readonly from: Date;
  readonly to: Date;
}

/** What the runs of a day that ended alike did together. A run belongs to the day, in UTC, on which it started. */
export interface DayTotals {
  /** `2026-01-31` */
  readonly day: string;
  readonly state: ReportedState;
  readonly runs: number;
  readonly requested: number;
  readonly generated: number;
  readonly approved: number;
  readonly inserted: number;
  readonly costUsd: number;
  readonly unpricedCalls: number;
  readonly generationSeconds: number;
  readonly evaluationSeconds: number;
  readonly deduplicationSeconds: number;
  readonly storageSeconds: number;
}

/** Questions that the runs of a window lost for one reason. */
export interface LossTotals {
  readonly kind: 'failed' | 'rejected' | 'unjudged' | 'duplicates' | 'insertFailed';
  readonly reason: string;
  readonly questions: number;
}

export interface DayStats {
  readonly day: string;
  readonly runs: number;
  readonly succeeded: number;
  readonly requested: number;
  readonly inserted: number;
  readonly costUsd: number;
}

export interface RunStats {
  readonly runs: number;
  readonly byState: Readonly<Record<ReportedState, number>>;
  /** Share of the runs that succeeded, 0 to 1; null without runs. */
  readonly successRate: number | null;
  readonly requested: number;
  readonly generated: number;
  readonly approved: number;
  readonly inserted: number;
  readonly costUsd: number;
  /** Calls to models whose price nobody knows: `costUsd` is without them. */
  readonly unpricedCalls: number;
  readonly stages: readonly StageLosses[];
  /** Every day of the window, those without runs too. */
  readonly byDay: readonly DayStats[];
}

/** Adds up what the runs of a window did. */
export function toRunStats(
  window: StatsWindow,
  days: readonly DayTotals[],
  losses: readonly LossTotals[],
): RunStats {
  const sum = sumOf(days);
  const states = reportedStates.map((state) => [
    state,
    sumOf(days.filter((row) => row.state === state))('runs'),
  ]);
  const byState = Object.fromEntries(states) as Record<ReportedState, number>;
  const runs = sum('runs');
  return {
    runs,
    byState,
    successRate: runs === 0 ? null : byState.succeeded / runs,
    requested: sum('requested'),
    generated: sum('generated'),
    approved: sum('approved'),
    inserted: sum('inserted'),
    costUsd: sum('costUsd'),
    unpricedCalls: sum('unpricedCalls'),
    stages: toStageLosses(toCounts(days, losses)),
    byDay: daysOf(window).map((day) => toDayStats(day, days)),
  };
}

function toCounts(days: readonly DayTotals[], losses: readonly LossTotals[]): RunCounts {
  const sum = sumOf(days);
  const lost = (kind: LossTotals['kind']): Record<string, number> =>
    Object.fromEntries(
      losses.filter((loss) => loss.kind === kind).map((loss) => [loss.reason, loss.questions]),
    );
  const { exact = 0, semantic = 0 } = lost('duplicates');
  const { unjudged = 0 } = lost('unjudged');
  return {
    requested: sum('requested'),
    generated: sum('generated'),
    approved: sum('approved'),
    inserted: sum('inserted'),
    failed: lost('failed'),
    rejected: lost('rejected'),
    unjudged,
    duplicates: { exact, semantic },
    insertFailed: lost('insertFailed'),
    stages: {
      generation: { seconds: sum('generationSeconds') },
      evaluation: { seconds: sum('evaluationSeconds') },
      deduplication: { seconds: sum('deduplicationSeconds') },
      storage: { seconds: sum('storageSeconds') },
    },
  };
}

function toDayStats(day: string, days: readonly DayTotals[]): DayStats {
  const ofDay = days.filter((row) => row.day === day);
  const sum = sumOf(ofDay);
  const succeeded = ofDay.filter(({ state }) => state === 'succeeded');
  return {
    day,
    runs: sum('runs'),
    succeeded: sumOf(succeeded)('runs'),
    requested: sum('requested'),
    inserted: sum('inserted'),
    costUsd: sum('costUsd'),
  };
}

function daysOf({ from, to }: StatsWindow): string[] {
  const days: string[] = [];
  const next = new Date(from);
  next.setUTCHours(0, 0, 0, 0);
  for (; next < to; next.setUTCDate(next.getUTCDate() + 1)) {
    days.push(next.toISOString().slice(0, 10));
  }
  return days;
}

function sumOf(rows: readonly DayTotals[]) {
  return (key: Exclude<keyof DayTotals, 'day' | 'state'>): number =>
    rows.reduce((total, row) => total + row[key], 0);
}
