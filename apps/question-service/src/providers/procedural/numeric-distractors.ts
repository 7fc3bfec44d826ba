import type { Random } from '../../questions/random.ts';

/**
 * Wrong numbers for a numeric key: the given typical mistakes first, then near misses in random order.
 *
 * All are whole, positive, different from the key and from each other. Near misses lie on both sides,
 * so that the key is not always the middle or the largest.
 */
export function numericDistractors(
  key: number,
  options: { mistakes: readonly number[]; random: Random; min?: number },
): number[] {
  const min = options.min ?? 1;
  const step = Math.abs(key) >= 60 ? 10 : 4;
  const nearMisses = [1, 2, 3, step, step + 1].flatMap((offset) => [key - offset, key + offset]);
  const accepted = new Set<number>();
  for (const value of [
    ...options.random.shuffle(options.mistakes),
    ...options.random.shuffle(nearMisses),
  ]) {
    if (Number.isInteger(value) && value >= min && value !== key) accepted.add(value);
  }
  return [...accepted];
}
