import { describe, expect, test } from 'vitest';
import { withFallbacks } from '../../src/resilience/with-fallbacks.ts';

/** Each target does the work it is good at. */
const targets = [
  { name: 'first', does: [1, 2] },
  { name: 'second', does: [3] },
  { name: 'third', does: [1, 2, 3, 4] },
];

async function run(work: readonly number[], signal?: AbortSignal) {
  const asked: [string, readonly number[]][] = [];
  const handovers: [string, unknown][] = [];
  const rest = await withFallbacks(targets, work, {
    ...(signal ? { signal } : {}),
    attempt: async (target, left) => {
      asked.push([target.name, left]);
      const undone = left.filter((each) => !target.does.includes(each));
      return { work: undone, error: undone.length > 0 ? `${target.name} cannot` : undefined };
    },
    onFallback: ({ from, error }) => handovers.push([from.name, error]),
  });
  return { asked, handovers, rest };
}

describe('withFallbacks', () => {
  test('asks nobody else when all is done', async () => {
    const { asked, handovers } = await run([1, 2]);

    expect(asked).toEqual([['first', [1, 2]]]);
    expect(handovers).toEqual([]);
  });

  test('gives each next one what is left, and says why', async () => {
    const { asked, handovers, rest } = await run([1, 3, 4]);

    expect(asked.map(([, left]) => left)).toEqual([[1, 3, 4], [3, 4], [4]]);
    expect(handovers).toEqual([
      ['first', 'first cannot'],
      ['second', 'second cannot'],
    ]);
    expect(rest.work).toEqual([]);
  });

  test('returns what nobody did, with the last error', async () => {
    const { rest, handovers } = await run([1, 9]);

    expect(rest).toEqual({ work: [9], error: 'third cannot' });
    expect(handovers).toHaveLength(2);
  });

  test('asks nobody else once it is told to end', async () => {
    const { asked, rest } = await run([3], AbortSignal.abort());

    expect(asked).toHaveLength(1);
    expect(rest).toEqual({ work: [3], error: 'first cannot' });
  });
});
