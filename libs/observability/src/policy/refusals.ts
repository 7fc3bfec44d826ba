/** Why a call was not recorded as it was given. */
export const refusalReasons = [
  'unknown_metric',
  'value_not_finite',
  'value_negative',
  'label_unknown',
  'label_missing',
  'label_value_unknown',
  'observer_failed',
  'work_missing',
  'threw',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Counts what was refused and warns about it, at most once a minute and reason. */
export interface Refusals {
  count(reason: RefusalReason, detail: string): void;
  total(): number;
  /** Every reason, 0 where nothing was refused for it. */
  byReason(): Readonly<Record<RefusalReason, number>>;
}

export interface RefusalsOptions {
  readonly warn: (message: string, attributes: Readonly<Record<string, unknown>>) => void;
  readonly nowMs: () => number;
  /** @default 60_000 */
  readonly warnEveryMs?: number;
}

export function createRefusals({ warn, nowMs, warnEveryMs = 60_000 }: RefusalsOptions): Refusals {
  let total = 0;
  const byReason = new Map<RefusalReason, { counted: number; warnedAtMs: number }>();

  return {
    count(reason, detail) {
      total += 1;
      const state = byReason.get(reason) ?? { counted: 0, warnedAtMs: Number.NEGATIVE_INFINITY };
      byReason.set(reason, state);
      state.counted += 1;
      if (nowMs() - state.warnedAtMs < warnEveryMs) return;
      state.warnedAtMs = nowMs();
      try {
        warn('telemetry call refused', { reason, detail, refused: state.counted });
      } catch {
        // The warning itself is telemetry: it may be lost, the caller may not be disturbed.
      }
    },
    total: () => total,
    byReason: () =>
      Object.fromEntries(
        refusalReasons.map((reason) => [reason, byReason.get(reason)?.counted ?? 0]),
      ) as Record<RefusalReason, number>,
  };
}
