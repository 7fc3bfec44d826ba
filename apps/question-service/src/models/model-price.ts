import { z } from 'zod';

const usdPerMillion = z.number().min(0).max(10_000);

/** What a provider asks for its tokens, and when that was looked up. */
export const modelPriceSchema = z.strictObject({
  inputUsdPerMillion: usdPerMillion,
  outputUsdPerMillion: usdPerMillion,
  /** The day the price was read from the provider's list. */
  pricedAt: z.iso.date(),
  /** The last day of an offer: from then on the price is not known. */
  pricedUntil: z.iso.date().optional(),
});
export type ModelPrice = z.output<typeof modelPriceSchema>;

export interface TokenCounts {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * The cost of a call in US dollars: (input * inputUsdPerMillion + output * outputUsdPerMillion) / 1e6.
 *
 * Tokens that were read from a provider's cache count as full input: an upper bound.
 *
 * @returns `undefined` where the price is not known, or was known to end before `at` (days end in UTC).
 */
export function costUsd(
  tokens: TokenCounts,
  price: ModelPrice | undefined,
  at: Date,
): number | undefined {
  if (price === undefined) return undefined;
  const { pricedUntil } = price;
  if (pricedUntil !== undefined && at.toISOString().slice(0, 10) > pricedUntil) return undefined;
  const { inputUsdPerMillion, outputUsdPerMillion } = price;
  return (
    (tokens.inputTokens * inputUsdPerMillion + tokens.outputTokens * outputUsdPerMillion) / 1e6
  );
}
