/** What a figure was over the rounds of one run. */
export interface Figure {
  readonly median: number;
  /** First and third quartile: how far rounds lie apart. */
  readonly lower: number;
  readonly upper: number;
}

/** @throws {RangeError} where there is no value. */
export function toFigure(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lower: quantile(sorted, 0.25),
    upper: quantile(sorted, 0.75),
  };
}

/** Quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) throw new RangeError('expected at least one value, got none');
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return toFigure(values).median;
}

/**
 * Median over rounds of `value - reference` of the same round: a machine that is slower for a while is slower for
 * both.
 */
export function pairedDifference(values: readonly number[], reference: readonly number[]): Figure {
  return toFigure(pairs(values, reference).map(([value, base]) => value - base));
}

/** Median over rounds of `value / reference` of the same round. */
export function pairedRatio(values: readonly number[], reference: readonly number[]): Figure {
  return toFigure(pairs(values, reference).map(([value, base]) => value / base));
}

function pairs(values: readonly number[], reference: readonly number[]): [number, number][] {
  if (values.length !== reference.length) {
    throw new RangeError(`expected ${reference.length} rounds, got ${values.length}`);
  }
  return values.map((value, round) => [value, reference[round] as number]);
}
