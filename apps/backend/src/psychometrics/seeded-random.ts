/** Gives a number in [0, 1) at each call. */
export type Random = () => number;

/**
 * Creates a repeatable source of randomness from a 32-bit seed (mulberry32, public domain, Tommy Ettinger).
 *
 * Good enough to spread the choice of items and to simulate test takers; never for secrets.
 */
export function createSeededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Derives a seed for one step of a seeded sequence, so that any step can be repeated alone. */
export function stepSeed(seed: number, step: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(step + 1, 0xc2b2ae35)) | 0;
}

/** Picks one element with equal probability; undefined where there is none. */
export function pick<Element>(elements: readonly Element[], random: Random): Element | undefined {
  return elements[Math.floor(random() * elements.length)];
}

/** Gives the elements in a random order (Fisher-Yates), leaving the input as it is. */
export function shuffle<Element>(elements: readonly Element[], random: Random): Element[] {
  const shuffled = [...elements];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as Element, shuffled[last] as Element];
  }
  return shuffled;
}
