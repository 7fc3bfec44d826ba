import type { MetricLine, MetricQueryAnswer } from '../../../src/api/contract/metrics.ts';

/** What tells a line from the others, in words. */
export function lineLabel(line: MetricLine): string {
  const labels = Object.entries(line.labels).map(([key, value]) => `${key}=${value}`);
  const quantile = line.quantile === null ? [] : [`p${Number((line.quantile * 100).toFixed(3))}`];
  return [...quantile, ...labels].join(' ') || 'all';
}

export interface LineNumbers {
  readonly last: number | null;
  readonly mean: number | null;
  readonly max: number | null;
}

/** Of the steps of which something is known. */
export function lineNumbers(values: readonly (number | null)[]): LineNumbers {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { last: null, mean: null, max: null };
  return {
    last: known.at(-1) ?? null,
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    max: known.reduce((most, value) => Math.max(most, value)),
  };
}

/** Exemplars are values of single records: they stand on an axis of such values only, not of rates. */
export function showsExemplars(answer: MetricQueryAnswer): boolean {
  return (
    answer.function === 'quantile' || answer.function === 'mean' || answer.function === 'value'
  );
}

/** At most so many dots, the largest values: those are what one looks for, and a chart has little room. */
export function pickExemplars(
  answer: MetricQueryAnswer,
  countMax = 120,
): MetricQueryAnswer['exemplars'] {
  if (!showsExemplars(answer)) return [];
  if (answer.exemplars.length <= countMax) return answer.exemplars;
  return [...answer.exemplars].sort((a, b) => b.value - a.value).slice(0, countMax);
}
