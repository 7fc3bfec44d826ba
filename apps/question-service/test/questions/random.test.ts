import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/questions/random.ts';

const draw = (seed: number | string) => {
  const random = createRandom(seed);
  return Array.from({ length: 20 }, () => random.next());
};

describe('createRandom', () => {
  it('gives the same stream for the same seed and another for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('keeps its stream from version to version', () => {
    const random = createRandom(7);
    expect(Array.from({ length: 5 }, () => random.integer(0, 999))).toMatchInlineSnapshot(`
      [
        607,
        822,
        898,
        444,
        541,
      ]
    `);
  });

  it('forks by label without moving on', () => {
    const random = createRandom(7);
    const fork = random.fork('a').next();
    expect(random.fork('a').next()).toBe(fork);
    expect(random.fork('b').next()).not.toBe(fork);
    expect(random.next()).toBe(draw(7)[0]);
  });

  it('draws integers uniformly, both ends included', () => {
    const random = createRandom(1);
    const counts = Array.from({ length: 6 }, () => 0);
    for (let index = 0; index < 60_000; index += 1) {
      const face = random.integer(1, 6) - 1;
      counts[face] = (counts[face] as number) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('shuffles a copy that keeps every item', () => {
    const items = [1, 2, 3, 4, 5];
    expect(createRandom(3).shuffle(items).sort()).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses to pick from nothing or to sample more than there is', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError);
    expect(() => createRandom(1).sample([1, 2], 3)).toThrow(RangeError);
  });
});
