import type { Span } from '../store/model.ts';
import { type Steps, stepAt } from './steps.ts';
import { durationMs, millisecondsOf } from './time.ts';

/** A span that answers somebody: what is counted as a request. */
export function isRequest({ kind }: Span): boolean {
  return kind === 'server' || kind === 'consumer';
}

/** Counts, errors and durations of spans, in all and by step; a span counts when it ends. */
export class RequestTally {
  readonly #durationsMs: number[] = [];
  readonly #bySteps: { durationsMs: number[]; errors: number }[];
  readonly #steps: Steps | undefined;
  #errors = 0;

  constructor(steps?: Steps) {
    this.#steps = steps;
    this.#bySteps = Array.from({ length: steps?.count ?? 0 }, () => ({
      durationsMs: [],
      errors: 0,
    }));
  }

  add({ startNanos, endNanos, status }: Span): void {
    const duration = durationMs(startNanos, endNanos);
    const error = status === 'error' ? 1 : 0;
    this.#durationsMs.push(duration);
    this.#errors += error;
    const index = this.#steps && stepAt(this.#steps, millisecondsOf(endNanos));
    const step = index === undefined ? undefined : this.#bySteps[index];
    if (step === undefined) return;
    step.durationsMs.push(duration);
    step.errors += error;
  }

  get count(): number {
    return this.#durationsMs.length;
  }

  summary(windowSeconds: number) {
    const sorted = Float64Array.from(this.#durationsMs).sort();
    return {
      requestCount: sorted.length,
      requestsPerSecond: sorted.length / windowSeconds,
      errorCount: this.#errors,
      errorRatio: sorted.length === 0 ? null : this.#errors / sorted.length,
      p50Ms: quantileOf(sorted, 0.5),
      p95Ms: quantileOf(sorted, 0.95),
      p99Ms: quantileOf(sorted, 0.99),
    };
  }

  series() {
    const stepSeconds = (this.#steps?.stepMs ?? 0) / 1000;
    return {
      requestRateSeries: this.#bySteps.map(({ durationsMs }) => durationsMs.length / stepSeconds),
      errorRatioSeries: this.#bySteps.map(({ durationsMs, errors }) =>
        durationsMs.length === 0 ? null : errors / durationsMs.length,
      ),
      p95MsSeries: this.#bySteps.map(({ durationsMs }) =>
        quantileOf(Float64Array.from(durationsMs).sort(), 0.95),
      ),
    };
  }
}

/** The value of rank ceil(q n), the nearest-rank quantile; null of nothing. */
export function quantileOf(sorted: Float64Array, quantile: number): number | null {
  return sorted[Math.max(1, Math.ceil(quantile * sorted.length)) - 1] ?? null;
}
