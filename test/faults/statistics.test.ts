import { describe, expect, test } from 'vitest';
import { percentile, slope } from './statistics.ts';

describe('a percentile', () => {
  test.each([
    [0.5, 3],
    [0.99, 5],
    [0.2, 1],
    [0, 1],
    [1, 5],
  ])('of share %s is a value that is there', (share, expected) => {
    expect(percentile([5, 1, 4, 2, 3], share)).toBe(expected);
  });

  test('of a hundred values at 0.99 leaves one above it', () => {
    const values = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(percentile(values, 0.99)).toBe(99);
  });

  test('of no values is refused', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

describe('a slope', () => {
  const at = (atSeconds: number, value: number) => ({ atSeconds, value });

  test('is growth per second', () => {
    expect(slope([at(10, 100), at(12, 300)])).toBe(100);
    expect(slope([at(0, 8), at(1, 6), at(2, 4)])).toBe(-2);
  });

  test('does not follow one sample that is off', () => {
    expect(slope([at(0, 0), at(1, 30), at(2, 0)])).toBe(0);
  });

  test('is 0 where no time passes, and refused for one sample', () => {
    expect(slope([at(1, 1), at(1, 9)])).toBe(0);
    expect(() => slope([at(1, 1)])).toThrow(RangeError);
  });
});
