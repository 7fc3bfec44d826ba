/** A seeded stream of random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform on [0, 1), with 32 random bits. */
  next(): number;
  /** A whole number, uniform from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** One of the items, uniformly. @throws {RangeError} When there is none. */
  pick<Item>(items: readonly Item[]): Item;
  /** A shuffled copy (Fisher-Yates). */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** `count` different items in random order. @throws {RangeError} When there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  /** An independent stream, fixed by this stream's seed and the label; it does not advance this stream. */
  fork(label: string | number): Random;
}

/**
 * Creates the generator sfc32 ("small fast counter", 128 bits of state, period at least 2^32).
 *
 * The seed is hashed to the state by cyrb128; 15 values are discarded to mix it. Not for secrets.
 *
 * @see Chris Doty-Humphrey, PractRand (2010), sfc32; cyrb128 by bryc (public domain).
 */
export function createRandom(seed: number | string): Random {
  const seedText = String(seed);
  const next = sfc32(seedText);
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const shuffle = <Item>(items: readonly Item[]): Item[] => {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = integer(0, last);
      const swapped = shuffled[last] as Item;
      shuffled[last] = shuffled[other] as Item;
      shuffled[other] = swapped;
    }
    return shuffled;
  };
  return {
    next,
    integer,
    shuffle,
    pick: (items) => {
      if (items.length === 0)
        throw new RangeError('expected at least one item to pick from, got 0');
      return items[integer(0, items.length - 1)] as (typeof items)[number];
    },
    sample: (items, count) => {
      if (items.length < count) {
        throw new RangeError(`expected at least ${count} items to sample, got ${items.length}`);
      }
      return shuffle(items).slice(0, count);
    },
    fork: (label) => createRandom(`${seedText}/${label}`),
  };
}

function sfc32(seedText: string): () => number {
  let [a, b, c, counter] = cyrb128(seedText);
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let index = 0; index < 15; index += 1) next();
  return next;
}

function cyrb128(text: string): [number, number, number, number] {
  let h1 = 1_779_033_703;
  let h2 = 3_144_134_277;
  let h3 = 1_013_904_242;
  let h4 = 2_773_480_762;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    h1 = h2 ^ Math.imul(h1 ^ code, 597_399_067);
    h2 = h3 ^ Math.imul(h2 ^ code, 2_869_860_233);
    h3 = h4 ^ Math.imul(h3 ^ code, 951_274_213);
    h4 = h1 ^ Math.imul(h4 ^ code, 2_716_044_179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597_399_067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2_869_860_233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951_274_213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2_716_044_179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
