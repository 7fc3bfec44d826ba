/**
 * Parameters of a two-parameter logistic (2PL) item, in logits per unit of theta:
 * no scaling constant 1.702 anywhere.
 */
export interface ItemParameters {
  /** a > 0, logits per theta unit. */
  readonly discrimination: number;
  /** b, on the theta scale: the ability at which half of the test takers are right. */
  readonly difficulty: number;
}

/**
 * Gives the probability of a correct response: P = 1 / (1 + exp(-a (theta - b))), 0 to 1.
 *
 * @see Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores, ch. 17.
 */
export function probabilityCorrect(theta: number, item: ItemParameters): number {
  return 1 / (1 + Math.exp(-item.discrimination * (theta - item.difficulty)));
}

/**
 * Gives the logarithm of P for a correct response, of 1 - P for a wrong one.
 *
 * Written with log1p of a non-positive exponent, so that it stays finite where P rounds to 0 or 1.
 */
export function logProbability(theta: number, item: ItemParameters, correct: boolean): number {
  const logit = item.discrimination * (theta - item.difficulty);
  const signed = correct ? logit : -logit;
  return Math.min(signed, 0) - Math.log1p(Math.exp(-Math.abs(signed)));
}

/**
 * Gives the Fisher information of an item: I(theta) = a^2 P (1 - P), per unit of theta squared.
 *
 * @see Lord (1980), Applications of Item Response Theory to Practical Testing Problems, ch. 5.
 */
export function itemInformation(theta: number, item: ItemParameters): number {
  const probability = probabilityCorrect(theta, item);
  return item.discrimination ** 2 * probability * (1 - probability);
}

/** Gives the information of a test: the sum over its items, by local independence. */
export function testInformation(theta: number, items: readonly ItemParameters[]): number {
  return items.reduce((sum, item) => sum + itemInformation(theta, item), 0);
}
