import type { Refusals } from '../policy/refusals.ts';
import { findSampledSpan, keepExemplar } from './exemplar.ts';
import { createLabelReader, type SeriesKey } from './label-reader.ts';
import {
  createSeries,
  type Labels,
  type LabelValue,
  type MetricSpec,
  openLabel,
  type RecordListener,
  recordInto,
  type Series,
} from './metric.ts';

/** A closed label set with more combinations than this is not written out at zero. */
const zeroSeriesMax = 200;

export const overflowAttribute = 'otel.metric.overflow';

/** The series of one metric: a slot per label set, and one for all that did not fit. */
export interface MetricCells {
  readonly spec: MetricSpec;
  record(value: number, labels: Labels): void;
  /** A gauge's observations, folded to series; nothing is kept between two calls. */
  observe(
    observations: Iterable<{ readonly value: number; readonly labels: Labels }>,
  ): Map<SeriesKey, Series>;
  /** Each with a key that is the same for the same label set. */
  series(): Iterable<[key: SeriesKey, series: Series]>;
  overflowed(): number;
  clear(): void;
}

export interface CellsOptions {
  readonly refusals: Refusals;
  readonly seriesMax: number;
  readonly startAtZero: boolean;
  readonly onRecord?: RecordListener | undefined;
  readonly nowMs: () => number;
}

/** Read of one observer at a collection: one that gives without an end must not hold the event loop. */
const observationsMax = 10_000;

export function createMetricCells(spec: MetricSpec, options: CellsOptions): MetricCells {
  const { refusals, seriesMax, startAtZero, onRecord, nowMs } = options;
  const { keyOf, attributesOf } = createLabelReader(spec, refusals);
  const slots = new Map<SeriesKey, Series>();
  const takesExemplars = spec.kind === 'counter' || spec.kind === 'histogram';
  let overflow: Series | undefined;
  let overflowed = 0;
  zeroFill();

  return {
    spec,
    record(value, labels) {
      if (!isAcceptable(value)) return;
      const series = slotFor(labels);
      const slot = recordInto(series, spec, value);
      onRecord?.(spec, series.attributes, value);
      const span = takesExemplars ? findSampledSpan() : undefined;
      if (span === undefined) return;
      keepExemplar(series.exemplars, slot, value, nowMs(), span);
    },
    observe(observations) {
      const observed = new Map<SeriesKey, Series>();
      let read = 0;
      for (const { value, labels } of observations) {
        read += 1;
        if (read > Math.max(observationsMax, 2 * seriesMax)) {
          overflowed += 1;
          refusals.count('observer_failed', `${spec.name}: read ${read - 1}, left the rest`);
          break;
        }
        if (!isAcceptable(value)) continue;
        const key = keyOf(labels);
        if (!observed.has(key) && observed.size >= seriesMax) {
          overflowed += 1;
          continue;
        }
        const series = observed.get(key) ?? createSeries(spec, attributesOf(labels));
        observed.set(key, series);
        recordInto(series, spec, value);
      }
      return observed;
    },
    *series() {
      yield* slots;
      if (overflow !== undefined) yield [overflowAttribute, overflow];
    },
    overflowed: () => overflowed,
    clear() {
      slots.clear();
      overflow = undefined;
      overflowed = 0;
      zeroFill();
    },
  };

  function slotFor(labels: Labels): Series {
    const key = keyOf(labels);
    const known = slots.get(key);
    if (known !== undefined) return known;
    if (slots.size < seriesMax) {
      const created = createSeries(spec, attributesOf(labels));
      slots.set(key, created);
      return created;
    }
    overflowed += 1;
    overflow ??= createSeries(spec, { [overflowAttribute]: true });
    return overflow;
  }

  function isAcceptable(value: number): boolean {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      refusals.count('value_not_finite', spec.name);
      return false;
    }
    if (value < 0 && spec.kind === 'counter') {
      refusals.count('value_negative', spec.name);
      return false;
    }
    return true;
  }

  /** `increase()` over a counter that first appears at 48 is 0: so it first appears at 0. */
  function zeroFill(): void {
    if (!startAtZero || spec.kind !== 'counter') return;
    for (const labels of labelProduct(spec)) {
      if (slots.size < seriesMax)
        slots.set(keyOf(labels), createSeries(spec, attributesOf(labels)));
    }
  }
}

/** Every combination of closed labels, or none where a label is open or there are too many. */
function labelProduct(spec: MetricSpec): Record<string, LabelValue>[] {
  let combinations: Record<string, LabelValue>[] = [{}];
  for (const [name, values] of Object.entries(spec.labels)) {
    if (values === openLabel || combinations.length * values.length > zeroSeriesMax) return [];
    combinations = combinations.flatMap((labels) =>
      values.map((value) => ({ ...labels, [name]: value })),
    );
  }
  return combinations;
}
