/** A grid of equal steps of time; a step reaches from after its start up to its end. */
export interface Steps {
  /** Start of the first, in milliseconds since the epoch. */
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
}

const niceSeconds = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400,
];

/** The shortest usual step of which the range has no more than `countMax`. */
export function niceStepSeconds(rangeMs: number, countMax: number): number {
  const needed = rangeMs / 1000 / countMax;
  return niceSeconds.find((seconds) => seconds >= needed) ?? Math.ceil(needed / 86_400) * 86_400;
}

/** Steps that end after `fromMs` and not after `toMs`. They begin at multiples of their length, so a grid stays as time goes on. */
export function stepsOf(range: { fromMs: number; toMs: number; stepSeconds: number }): Steps {
  const stepMs = range.stepSeconds * 1000;
  const startMs = Math.floor(range.fromMs / stepMs) * stepMs;
  const endMs = Math.floor(range.toMs / stepMs) * stepMs;
  return { startMs, stepMs, count: Math.max(0, Math.round((endMs - startMs) / stepMs)) };
}

/** Ends of the steps, in seconds since the epoch. */
export function endsOf({ startMs, stepMs, count }: Steps): number[] {
  return Array.from({ length: count }, (_, index) => (startMs + (index + 1) * stepMs) / 1000);
}

/** The step that a moment lies in; undefined outside of the grid. */
export function stepAt({ startMs, stepMs, count }: Steps, timeMs: number): number | undefined {
  const index = Math.ceil((timeMs - startMs) / stepMs) - 1;
  return index >= 0 && index < count ? index : undefined;
}

/** The steps that a stretch of time lies in, each with the share of the stretch; a moment lies in one as a whole. */
export function* sharesOf(
  steps: Steps,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Generator<{ index: number; share: number }> {
  if (fromMs >= untilMs) {
    const index = stepAt(steps, untilMs);
    if (index !== undefined) yield { index, share: 1 };
    return;
  }
  const { startMs, stepMs, count } = steps;
  const first = Math.max(0, Math.floor((fromMs - startMs) / stepMs));
  for (let index = first; index < count; index += 1) {
    const stepStart = startMs + index * stepMs;
    if (stepStart >= untilMs) return;
    const overlapMs = Math.min(untilMs, stepStart + stepMs) - Math.max(fromMs, stepStart);
    if (overlapMs > 0) yield { index, share: overlapMs / (untilMs - fromMs) };
  }
}
