import type { ExponentialBuckets, MetricData } from '../../store/metric-model.ts';
import {
  type Fields,
  numberOf,
  numbersOf,
  objectOf,
  objectsOf,
  optionalNumberOf,
} from './fields.ts';

/** Reads the value of a data point, given the metric's container; undefined where it contradicts itself. */
export type PointReader = (fields: Fields, container: Fields) => MetricData | undefined;

export const readHistogram: PointReader = (fields) => {
  const bounds = numbersOf(fields, 'explicitBounds');
  const counts = numbersOf(fields, 'bucketCounts');
  // Both empty: a histogram of count and sum only.
  const fits = counts.length === bounds.length + 1 || (counts.length === 0 && bounds.length === 0);
  if (!fits || !isIncreasing(bounds) || !counts.every(isCount)) return undefined;
  return { type: 'histogram', value: { ...momentsOf(fields), bounds, counts } };
};

/** From one bucket per 2^-20 of a power of two to one bucket for all of 2^1024. */
const scaleRange = { min: -10, max: 20 };
/** Doubles reach from 2^-1074 to 2^1024: no bucket starts further out. */
const exponentMax = 1100;

export const readExponentialHistogram: PointReader = (fields) => {
  const scale = numberOf(fields, 'scale');
  const positive = bucketsOf(fields, 'positive');
  const negative = bucketsOf(fields, 'negative');
  const zeroCount = numberOf(fields, 'zeroCount');
  const fits =
    Number.isInteger(scale) &&
    scale >= scaleRange.min &&
    scale <= scaleRange.max &&
    isCount(zeroCount) &&
    [positive, negative].every((buckets) => isValid(buckets, scale));
  if (!fits) return undefined;
  const zeroThreshold = numberOf(fields, 'zeroThreshold');
  return {
    type: 'exponential_histogram',
    value: { ...momentsOf(fields), scale, zeroCount, zeroThreshold, positive, negative },
  };
};

export const readSummary: PointReader = (fields) => ({
  type: 'summary',
  value: {
    count: numberOf(fields, 'count'),
    sum: numberOf(fields, 'sum'),
    quantiles: objectsOf(fields, 'quantileValues').map((pair) => ({
      quantile: numberOf(pair, 'quantile'),
      value: numberOf(pair, 'value'),
    })),
  },
});

/** Sum, minimum and maximum are optional in the schema: absent is not 0. */
function momentsOf(fields: Fields) {
  return {
    count: numberOf(fields, 'count'),
    sum: optionalNumberOf(fields, 'sum'),
    min: optionalNumberOf(fields, 'min'),
    max: optionalNumberOf(fields, 'max'),
  };
}

function bucketsOf(fields: Fields, name: string): ExponentialBuckets {
  const buckets = objectOf(fields, name);
  if (buckets === undefined) return { offset: 0, counts: [] };
  return { offset: numberOf(buckets, 'offset'), counts: numbersOf(buckets, 'bucketCounts') };
}

function isValid({ offset, counts }: ExponentialBuckets, scale: number): boolean {
  const offsetMax = exponentMax * 2 ** scale + 2;
  return Number.isInteger(offset) && Math.abs(offset) <= offsetMax && counts.every(isCount);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function isIncreasing(bounds: readonly number[]): boolean {
  return bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? bound));
}
