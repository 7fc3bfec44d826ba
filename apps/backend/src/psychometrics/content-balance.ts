/** Weights by name: what is not named weighs 1. Whole numbers keep ties exact. */
export type Weights = Readonly<Record<string, number>>;

export interface Share {
  readonly name: string;
  /** Positive; its share is this over the sum of all. */
  readonly weight: number;
  /** What it has so far. */
  readonly count: number;
}

/**
 * Gives the names of those that are furthest below their share of one more than there are: all that tie.
 * Taken again and again, counts stay within about one of their exact shares.
 *
 * @see Kingsbury & Zara (1989), Applied Measurement in Education 2(4), 359-375 (largest discrepancy).
 */
export function furthestBelowShare(shares: readonly Share[]): string[] {
  const next = shares.reduce((sum, { count }) => sum + count, 1);
  const weights = shares.reduce((sum, { weight }) => sum + weight, 0);
  const deficits = shares.map(({ weight, count }) => weight * next - weights * count);
  const largest = Math.max(...deficits);
  return shares.filter((_, index) => deficits[index] === largest).map(({ name }) => name);
}

/** Deals `length` places to names by their weights, the first of those that tie each time. */
export function dealShares(names: readonly string[], length: number, weights: Weights): string[] {
  const counts = new Map<string, number>();
  return Array.from({ length: names.length === 0 ? 0 : length }, () => {
    const shares = names.map((name) => ({
      name,
      weight: weights[name] ?? 1,
      count: counts.get(name) ?? 0,
    }));
    const [chosen = ''] = furthestBelowShare(shares);
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    return chosen;
  });
}
