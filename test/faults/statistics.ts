/**
 * The value that a share of the values does not exceed (nearest rank).
 *
 * @param share 0..1.
 * @throws {RangeError} If there are no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile of no values');
  return value;
}

/** What was sampled at a time in seconds. */
export interface Sample {
  readonly atSeconds: number;
  readonly value: number;
}

/**
 * Growth per second by least squares; 0 where all samples are of one moment.
 *
 * @throws {RangeError} If there are fewer than two samples.
 */
export function slope(samples: readonly Sample[]): number {
  if (samples.length < 2) throw new RangeError('a slope needs two samples');
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const meanAt = mean(({ atSeconds }) => atSeconds);
  const meanValue = mean(({ value }) => value);
  const spread = mean(({ atSeconds }) => (atSeconds - meanAt) ** 2);
  if (spread === 0) return 0;
  return mean(({ atSeconds, value }) => (atSeconds - meanAt) * (value - meanValue)) / spread;
}
