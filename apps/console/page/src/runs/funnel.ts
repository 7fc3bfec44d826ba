import type { RunAnswer } from '../../../src/api/contract/runs.ts';

export interface FunnelStep {
  readonly name: string;
  readonly count: number;
  /** What left between this step and the next, by reason. */
  readonly losses: readonly { readonly reason: string; readonly count: number }[];
}

export interface Identity {
  /** `requested = generated + failed`. */
  readonly text: string;
  readonly whole: number;
  readonly parts: number;
  readonly holds: boolean;
}

type Counts = Pick<
  RunAnswer,
  | 'requested'
  | 'generated'
  | 'approved'
  | 'inserted'
  | 'unjudged'
  | 'failedByReason'
  | 'rejectedByReason'
  | 'duplicatesByKind'
  | 'insertFailedByReason'
>;

/** How far a run's questions came, and whether every one is accounted for; null until its counts have come. */
export function toFunnel(
  run: Counts,
): { readonly steps: readonly FunnelStep[]; readonly identities: readonly Identity[] } | null {
  const { requested, generated, approved, inserted } = run;
  if (requested === null || generated === null || approved === null || inserted === null)
    return null;
  const failed = losses(run.failedByReason, 'failed');
  const rejected = losses(run.rejectedByReason, 'rejected');
  const unjudged = run.unjudged ? [{ reason: 'no judge reached', count: run.unjudged }] : [];
  const duplicates = losses(run.duplicatesByKind, 'duplicate');
  const unstored = losses(run.insertFailedByReason, 'not stored');
  return {
    steps: [
      { name: 'requested', count: requested, losses: failed },
      { name: 'generated', count: generated, losses: [...rejected, ...unjudged] },
      { name: 'approved', count: approved, losses: [...duplicates, ...unstored] },
      { name: 'stored', count: inserted, losses: [] },
    ],
    identities: [
      identity('requested = generated + failed', requested, generated + total(failed)),
      identity(
        'generated = approved + rejected + unjudged',
        generated,
        approved + total(rejected) + total(unjudged),
      ),
      identity(
        'approved = stored + duplicates + insert failures',
        approved,
        inserted + total(duplicates) + total(unstored),
      ),
    ],
  };
}

function losses(counts: Readonly<Record<string, number>>, word: string) {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => ({ reason: `${word}: ${reason.replaceAll('_', ' ')}`, count }));
}

function total(parts: readonly { readonly count: number }[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

function identity(text: string, whole: number, parts: number): Identity {
  return { text, whole, parts, holds: whole === parts };
}
