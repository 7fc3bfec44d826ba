import type { MetricFunction, MetricSummary } from '../../../src/api/contract/metrics.ts';
import type { Patch } from '../shared/search-params.ts';
import { windowSecondsOf } from '../shared/window.ts';
import { metricFunctions } from '../shared/words.ts';

export interface MetricState {
  readonly name: string | null;
  readonly service: string;
  readonly function: MetricFunction | null;
  /** Null: nothing chosen, which groups by nothing. */
  readonly by: readonly string[];
  /** `label=value`. */
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  /** A range that was drawn: milliseconds since the epoch; it stands instead of the window. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | null;
}

/** What the address says of the explorer. */
export function metricStateOf(params: URLSearchParams): MetricState {
  const fromMs = Number(params.get('from'));
  const toMs = Number(params.get('to'));
  const wanted = params.get('fn');
  return {
    name: params.get('name'),
    service: params.get('service') ?? '',
    function: metricFunctions.find((each) => each === wanted) ?? null,
    by: (params.get('by') ?? '').split(',').filter((label) => label !== ''),
    labels: params.getAll('label').filter((pair) => /^[^=]+=/.test(pair)),
    windowSeconds: windowSecondsOf(params),
    range: fromMs > 0 && toMs > fromMs ? { fromMs, toMs } : null,
  };
}

/** The query of the API; the window ends at `nowMs`. */
export function toMetricQuery(state: MetricState, metric: MetricSummary, nowMs: number): Patch {
  const { range, windowSeconds } = state;
  const isOffered = state.function !== null && metric.functions.includes(state.function);
  return {
    service: state.service,
    function: isOffered ? state.function : null,
    // Without `by` the API keeps all labels; a lone comma is a list of none.
    by: state.by.join(',') || ',',
    label: state.labels,
    from: String(range?.fromMs ?? nowMs - windowSeconds * 1000),
    to: range === null ? null : String(range.toMs),
  };
}
