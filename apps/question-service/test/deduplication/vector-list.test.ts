import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVectorList } from '../../src/deduplication/vector-list.ts';
import { createRandom } from '../../src/questions/random.ts';
import { cosineSimilarity } from '../support/cosine-similarity.ts';

const dimensions = 100;

/** Vectors that lie more or less close together, among them the same one twice. */
function drawVectors(seed: string, count: number): Float32Array[] {
  const random = createRandom(seed);
  const centre = Float32Array.from({ length: dimensions }, () => random.next() - 0.5);
  const vectors = Array.from({ length: count }, () => {
    const spread = random.next() * 2;
    return centre.map((value) => value + spread * (random.next() - 0.5));
  });
  return [...vectors, vectors[0] as Float32Array];
}

test('finds the nearest as a full comparison does, whatever the threshold', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (seed, count, threshold) => {
        const [asked, ...known] = drawVectors(seed, count + 1) as [Float32Array, ...Float32Array[]];
        const list = createVectorList();
        known.forEach((vector, at) => {
          list.add(`${at}`, vector);
        });

        const nearest = list.nearest(asked, threshold);

        const similarities = known.map((vector) => cosineSimilarity(vector, asked));
        const best = Math.max(...similarities);
        // Within the rounding of 32-bit numbers either answer is right.
        fc.pre(Math.abs(best - threshold) > 1e-5);
        expect(nearest === undefined).toBe(best < threshold);
        expect(nearest?.similarity ?? best).toBeCloseTo(best, 5);
      },
    ),
    { numRuns: 200, seed: 20_261_125 },
  );
});

test('finds across many blocks, and of equals the one with the smallest hash', () => {
  const vectors = drawVectors('blocks', 3_000);
  const list = createVectorList();
  vectors.forEach((vector, at) => {
    list.add(`${9_999 - at}`, vector);
  });

  const nearest = list.nearest(vectors[0] as Float32Array, 0.99);

  expect(list.size).toBe(3_001);
  expect(nearest).toEqual({ of: '6999', similarity: expect.closeTo(1, 6) });
});

test('refuses vectors of another length', () => {
  const list = createVectorList();
  list.add('a', Float32Array.of(1, 0));

  expect(() => list.add('b', Float32Array.of(1, 0, 0))).toThrow(RangeError);
  expect(() => list.nearest(Float32Array.of(1), 0)).toThrow(
    'expected a vector of 2 numbers, got 1',
  );
});
