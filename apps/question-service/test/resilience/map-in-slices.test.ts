import { expect, test } from 'vitest';
import { mapInSlices } from '../../src/resilience/map-in-slices.ts';

function workFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('keeps the order, and lets others have their turn while it works', async () => {
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 1);

  const results = await mapInSlices([1, 2, 3, 4, 5], (item) => {
    workFor(15);
    return item * 2;
  });
  clearInterval(others);

  expect(results).toEqual([2, 4, 6, 8, 10]);
  expect(turns).toBeGreaterThanOrEqual(3);
});
