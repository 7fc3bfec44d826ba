import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrateItems } from '../../../src/psychometrics/calibration/calibrate-items.ts';
import {
  type Anchor,
  linkByMeanAndSigma,
  linkScales,
  toOldScale,
} from '../../../src/psychometrics/calibration/link-scales.ts';
import { toResponseMatrix } from '../../../src/psychometrics/calibration/response-matrix.ts';
import { createSeededRandom } from '../../../src/psychometrics/seeded-random.ts';
import type { ItemParameters } from '../../../src/psychometrics/two-parameter-logistic.ts';
import { drawItems, normal, simulateTakers } from './simulated-responses.ts';

const aLink = fc.record({
  slope: fc.double({ min: 0.5, max: 2, noNaN: true }),
  intercept: fc.double({ min: -2, max: 2, noNaN: true }),
});

describe('linkScales', () => {
  test('finds the line that one scale was made from the other with', () => {
    fc.assert(
      fc.property(aLink, fc.integer({ min: 1, max: 1_000 }), (link, seed) => {
        const anchors = anchorsBy(link, seed);

        const found = linkScales(anchors);

        expect(found.slope).toBeCloseTo(link.slope, 6);
        expect(found.intercept).toBeCloseTo(link.intercept, 6);
        expect(found.driftedIds).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('leaves out an anchor that got easier while the others stayed', () => {
    const noisy = anchorsBy({ slope: 1.1, intercept: 0.3 }, 5, 0.05);
    const moved = noisy.map((anchor, index) =>
      index === 7
        ? { ...anchor, new: { ...anchor.new, difficulty: anchor.new.difficulty - 1.5 } }
        : anchor,
    );

    const found = linkScales(moved);

    expect(found.driftedIds).toContain(moved[7]?.itemId);
    expect(found.slope).toBeCloseTo(1.1, 1);
    expect(found.intercept).toBeCloseTo(0.3, 1);
    expect(found.anchorIds.length).toBeGreaterThanOrEqual(moved.length / 2);
  });

  test('keeps a scale where it began over ten calibrations on takers who get abler', () => {
    const items = drawItems(40, createSeededRandom(21));
    let old = calibrate(items, { mean: 0, seed: 100 });
    const first = old;
    for (let round = 1; round <= 10; round += 1) {
      const fresh = calibrate(items, { mean: round * 0.1, seed: 100 + round });
      const link = linkScales(
        [...old].map(([itemId, item]) => ({ itemId, old: item, new: fresh.get(itemId) ?? item })),
      );
      old = new Map([...fresh].map(([itemId, item]) => [itemId, toOldScale(item, link)]));
    }

    const shifts = [...old].map(
      ([itemId, item]) => item.difficulty - (first.get(itemId)?.difficulty ?? Number.NaN),
    );

    // Unlinked, the last calibration would stand a whole theta unit lower.
    expect(Math.abs(mean(shifts))).toBeLessThan(0.15);
  });

  test('refuses anchors without spread', () => {
    const [anchor] = anchorsBy({ slope: 1, intercept: 0 }, 1) as [Anchor];

    expect(() => linkScales([anchor])).toThrow('at least two anchors of different difficulty');
  });
});

test('linkByMeanAndSigma maps means to means and spreads to spreads', () => {
  const item = (difficulty: number): ItemParameters => ({ discrimination: 1, difficulty });
  const anchors = [
    { itemId: 'a', old: item(1), new: item(0) },
    { itemId: 'b', old: item(3), new: item(1) },
  ];

  expect(linkByMeanAndSigma(anchors)).toEqual({ slope: 2, intercept: 1 });
});

function anchorsBy(
  { slope, intercept }: { slope: number; intercept: number },
  seed: number,
  noise = 0,
): Anchor[] {
  const random = createSeededRandom(seed);
  return drawItems(20, random).map(({ id, discrimination, difficulty }) => ({
    itemId: id,
    old: { discrimination, difficulty },
    new: {
      discrimination: discrimination * slope,
      difficulty: (difficulty - intercept) / slope + noise * normal(random),
    },
  }));
}

function calibrate(
  items: ReturnType<typeof drawItems>,
  { mean: ability, seed }: { mean: number; seed: number },
): Map<string, ItemParameters> {
  const takers = simulateTakers(items, { takers: 1_000, itemsEach: 20, seed, mean: ability });
  return new Map(
    calibrateItems(toResponseMatrix(takers)).items.map(({ itemId, discrimination, difficulty }) => [
      itemId,
      { discrimination, difficulty },
    ]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
