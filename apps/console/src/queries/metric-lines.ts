import type { MetricFunction, MetricLine } from '../api/contract/metrics.ts';
import { addData, scaleData } from '../store/metric-arithmetic.ts';
import type { MetricData, MetricSeries } from '../store/metric-model.ts';
import {
  exponentialQuantile,
  histogramQuantile,
  type QuantileEstimate,
} from '../store/quantiles.ts';
import { type Steps, sharesOf } from './steps.ts';

/** A level is shown for this long after its last point. */
const staleMs = 300_000;

type Labels = MetricLine['labels'];
type Values = (number | null)[];

export interface LineGroup {
  readonly labels: Labels;
  readonly series: readonly MetricSeries[];
}

/** The lines of one group of series: one, or of function quantile one for each quantile. */
export function linesOf(
  group: LineGroup,
  options: {
    readonly steps: Steps;
    readonly function: MetricFunction;
    readonly quantiles: readonly number[];
  },
): MetricLine[] {
  const { labels } = group;
  const { steps, quantiles } = options;
  const plain = { labels, quantile: null, lowerBounds: null, upperBounds: null };
  if (options.function === 'value') return [{ ...plain, values: levelsOf(group.series, steps) }];

  const gained = gainsOf(group.series, steps);
  if (options.function !== 'quantile') {
    const number = numbers[options.function];
    const values = gained.map((data) => (data === undefined ? null : number(data, steps)));
    return [{ ...plain, values }];
  }
  return quantiles.map((quantile) => {
    const estimates = gained.map((data) =>
      data === undefined ? null : estimateOf(data, quantile),
    );
    return {
      labels,
      quantile,
      values: estimates.map((estimate) => finite(estimate?.value)),
      lowerBounds: estimates.map((estimate) => finite(estimate?.lower)),
      upperBounds: estimates.map((estimate) => finite(estimate?.upper)),
    };
  });
}

/**
 * What the series together gained in each step; undefined where nothing is known. Histograms with other bounds than
 * the first series are left out: they have no common measure with it.
 */
function gainsOf(series: readonly MetricSeries[], steps: Steps): (MetricData | undefined)[] {
  const gained = new Array<MetricData | undefined>(steps.count).fill(undefined);
  for (const { history } of series) {
    for (const entry of history) {
      for (const { index, share } of sharesOf(steps, entry)) {
        const part = share === 1 ? entry.data : scaleData(entry.data, share);
        const known = gained[index];
        gained[index] = known === undefined ? part : (addData(known, part) ?? known);
      }
    }
  }
  return gained;
}

/** Up-down counters add up, of gauges the mean is taken. */
function levelsOf(series: readonly MetricSeries[], steps: Steps): Values {
  const isSum = series[0]?.data.type === 'sum';
  return Array.from({ length: steps.count }, (_, index) => {
    const endMs = steps.startMs + (index + 1) * steps.stepMs;
    const levels = series.flatMap(({ history }) => {
      const entry = history.findLast(({ fromMs }) => fromMs <= endMs);
      return entry !== undefined && endMs - entry.untilMs <= staleMs ? [levelOf(entry.data)] : [];
    });
    if (levels.length === 0) return null;
    const sum = levels.reduce((total, level) => total + level, 0);
    return finite(isSum ? sum : sum / levels.length);
  });
}

function levelOf(data: MetricData): number {
  return data.type === 'gauge' || data.type === 'sum' ? data.value : Number.NaN;
}

const numbers = {
  increase: (data: MetricData) => finite(countOf(data)),
  rate: (data: MetricData, { stepMs }: Steps) => finite(countOf(data) / (stepMs / 1000)),
  mean: (data: MetricData) => {
    if (data.type === 'gauge' || data.type === 'sum') return null;
    const { sum, count } = data.value;
    return sum === null || count === 0 ? null : finite(sum / count);
  },
};

function countOf(data: MetricData): number {
  return data.type === 'gauge' || data.type === 'sum' ? data.value : data.value.count;
}

function estimateOf(data: MetricData, quantile: number): QuantileEstimate | null {
  if (data.type === 'histogram') return histogramQuantile(data.value, quantile);
  if (data.type === 'exponential_histogram') return exponentialQuantile(data.value, quantile);
  return null;
}

/** JSON has no NaN and no infinities. */
function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
