/** Scores of one test taker, an entry an item, 1 or 0 for right and wrong items, in the same order for all. */
export type ScoreRow = readonly number[];

export interface ClassicalItemStatistics {
  /** Share of test takers who are right, 0 to 1: the classical difficulty. */
  readonly proportionCorrect: number;
  /** Correlation of the item with the sum of the others, -1 to 1; undefined where either does not vary. */
  readonly itemRestCorrelation: number | undefined;
}

/**
 * Gives the classical statistics of each item of a form that all test takers answered in whole.
 *
 * @throws {RangeError} Where a row has another length than the first.
 * @see Lord & Novick (1968), Statistical Theories of Mental Test Scores, ch. 15.
 */
export function itemStatistics(rows: readonly ScoreRow[]): ClassicalItemStatistics[] {
  const totals = rows.map(sum);
  return columnsOf(rows).map((scores) => ({
    proportionCorrect: mean(scores),
    itemRestCorrelation: correlation(
      scores,
      scores.map((score, taker) => (totals[taker] as number) - score),
    ),
  }));
}

/**
 * Gives Cronbach's alpha: k / (k - 1) * (1 - sum of the items' variances / variance of the sums).
 *
 * Undefined for fewer than two items or test takers, and where all sums are equal. At most 1; below 0 where
 * items contradict each other.
 *
 * @throws {RangeError} Where a row has another length than the first.
 * @see Cronbach (1951), Psychometrika 16(3), 297-334.
 */
export function cronbachAlpha(rows: readonly ScoreRow[]): number | undefined {
  const columns = columnsOf(rows);
  if (columns.length < 2 || rows.length < 2) return undefined;
  const ofSums = variance(rows.map(sum));
  if (ofSums === 0) return undefined;
  const ofItems = sum(columns.map(variance));
  return (columns.length / (columns.length - 1)) * (1 - ofItems / ofSums);
}

/**
 * Predicts the reliability of a test that is `factor` times as long, by Spearman and Brown.
 *
 * @see Spearman (1910), British Journal of Psychology 3, 271-295; Brown (1910), ibid., 296-322.
 */
export function spearmanBrown(reliability: number, factor: number): number {
  return (factor * reliability) / (1 + (factor - 1) * reliability);
}

function columnsOf(rows: readonly ScoreRow[]): number[][] {
  const [first = []] = rows;
  for (const row of rows) {
    if (row.length === first.length) continue;
    throw new RangeError(`expected rows of ${first.length} scores, got one of ${row.length}`);
  }
  return first.map((_, item) => rows.map((row) => row[item] as number));
}

/** Pearson's product-moment correlation. */
function correlation(left: readonly number[], right: readonly number[]): number | undefined {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let [covariance, squaresLeft, squaresRight] = [0, 0, 0];
  left.forEach((value, index) => {
    const [x, y] = [value - meanLeft, (right[index] as number) - meanRight];
    covariance += x * y;
    squaresLeft += x * x;
    squaresRight += y * y;
  });
  if (squaresLeft === 0 || squaresRight === 0) return undefined;
  return covariance / Math.sqrt(squaresLeft * squaresRight);
}

/** With n - 1 below: the unbiased estimate. */
function variance(values: readonly number[]): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
