/** What clients saw of one route, in milliseconds. */
export interface RouteFigures {
  readonly route: string;
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Keeps how long each request took, from its sending to the last byte of its answer, and what went wrong. */
export function createRecorder() {
  const durations = new Map<string, number[]>();
  const errors = new Map<string, number>();
  return {
    add(route: string, durationMs: number): void {
      const known = durations.get(route) ?? [];
      known.push(durationMs);
      durations.set(route, known);
    },
    /** `code` is that of the problem, or why no answer came. */
    fail(route: string, code: string): void {
      const key = `${code} ${route}`;
      errors.set(key, (errors.get(key) ?? 0) + 1);
    },
    requests: (): number => [...durations.values()].reduce((sum, all) => sum + all.length, 0),
    errors: (): Readonly<Record<string, number>> => Object.fromEntries(errors),
    routes: (): RouteFigures[] =>
      [...durations.entries()]
        .map(([route, all]) => ({ route, requests: all.length, ...summarize(all) }))
        .sort((one, other) => other.requests - one.requests),
  };
}

export type Recorder = ReturnType<typeof createRecorder>;

/** Percentiles by the nearest rank. */
export function summarize(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
