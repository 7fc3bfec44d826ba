import { expect, test } from 'vitest';
import { createRecentSet } from '../../src/policy/recent-set.ts';

test('the last entries are remembered, and those that are asked for', () => {
  const recent = createRecentSet(3);
  recent.add('asked');
  for (let entry = 0; entry < 50; entry += 1) {
    recent.add(`entry ${entry}`);
    expect(recent.has('asked')).toBe(true);
  }

  expect(recent.has('entry 49')).toBe(true);
  expect(recent.has('entry 48')).toBe(true);
  expect(recent.has('entry 10')).toBe(false);
});
