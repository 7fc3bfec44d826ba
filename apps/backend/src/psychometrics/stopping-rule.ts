/** Why a test session ended with a result. */
export const stopReasons = [
  'standard_error_reached',
  'items_max_reached',
  'items_exhausted',
  'form_completed',
] as const;
export type StopReason = (typeof stopReasons)[number];

export type StopDecision =
  | { readonly status: 'continue' }
  | { readonly status: 'stop'; readonly reason: StopReason };

export interface AdaptiveStoppingRule {
  /** Precision at which to stop, in theta units. */
  readonly standardErrorTarget: number;
  /** Items before precision is looked at: a lucky start must not end a test. */
  readonly itemsMin: number;
  readonly itemsMax: number;
}

/**
 * Decides whether an adaptive session stops: at the target standard error once the minimum is answered,
 * else at the maximum length. Precision is asked first, so that reaching both counts as precision.
 *
 * @see Babcock & Weiss (2012), Journal of Computerized Adaptive Testing 1(1), 1-18 (variable length with limits).
 */
export function decideAdaptiveStop(
  progress: { readonly itemsAnswered: number; readonly standardError: number },
  rule: AdaptiveStoppingRule,
): StopDecision {
  const { itemsAnswered, standardError } = progress;
  const precise = standardError <= rule.standardErrorTarget;
  if (precise && itemsAnswered >= Math.min(rule.itemsMin, rule.itemsMax)) {
    return { status: 'stop', reason: 'standard_error_reached' };
  }
  if (itemsAnswered >= rule.itemsMax) return { status: 'stop', reason: 'items_max_reached' };
  return { status: 'continue' };
}

/** Decides whether a session with a fixed form stops: when the form is answered, and only then. */
export function decideFixedStop(itemsAnswered: number, formLength: number): StopDecision {
  if (itemsAnswered >= formLength) return { status: 'stop', reason: 'form_completed' };
  return { status: 'continue' };
}
