/** Why a judged question is not taken. */
export const rejectionReasons = [
  'wrong_key',
  'answer_leakage',
  'below_threshold',
  'malformed',
  'ambiguous',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What a judge scores, each from 0 to 1, with its weight in the total. */
export const criterionWeights = {
  clarity: 0.3,
  validity: 0.4,
  formatting: 0.2,
  creativity: 0.1,
} as const;
export type Criterion = keyof typeof criterionWeights;
export type CriterionScores = Readonly<Record<Criterion, number>>;
/** They add up to 1. */
export type CriterionWeights = Readonly<Record<Criterion, number>>;

/** The least total that is approved, 0..1. */
export const approvalThreshold = 0.7;

export type Verdict =
  | { readonly status: 'approved'; readonly score: number; readonly scores: CriterionScores }
  | {
      readonly status: 'rejected';
      readonly score: number;
      readonly scores: CriterionScores;
      readonly reason: RejectionReason;
    };

/** The weighted total of the criteria, 0..1. */
export function weightedScore(
  scores: CriterionScores,
  weights: CriterionWeights = criterionWeights,
): number {
  let total = 0;
  for (const [criterion, weight] of Object.entries(weights)) {
    total += scores[criterion as Criterion] * weight;
  }
  return Math.min(1, Math.max(0, Number(total.toFixed(4))));
}
