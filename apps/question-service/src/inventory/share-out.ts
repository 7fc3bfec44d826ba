import type { StratumCount } from '../generation/plan.ts';

/**
 * Shares a count out over deficits in proportion to them, by largest remainder; without a count, or with one
 * that covers them all, each stratum gets its whole deficit and none gets more.
 */
export function shareOut(
  count: number | undefined,
  deficits: readonly StratumCount[],
): StratumCount[] {
  const missing = deficits.reduce((sum, deficit) => sum + deficit.count, 0);
  if (count === undefined || count >= missing) return [...deficits];
  const shares = deficits.map((deficit) => (count * deficit.count) / missing);
  const whole = shares.map(Math.floor);
  const left = count - whole.reduce((sum, share) => sum + share, 0);
  const luckiest = new Set(
    shares
      .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
      .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return deficits
    .map((deficit, index) => ({
      ...deficit,
      count: (whole[index] ?? 0) + (luckiest.has(index) ? 1 : 0),
    }))
    .filter((share) => share.count > 0);
}
