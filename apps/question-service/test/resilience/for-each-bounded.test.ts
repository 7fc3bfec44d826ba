import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withDeadline } from '../../src/resilience/deadline.ts';
import { forEachBounded } from '../../src/resilience/for-each-bounded.ts';

const never = new AbortController().signal;

describe('forEachBounded', () => {
  test('works through all in order, never on more than it may at once', async () => {
    const begun: number[] = [];
    let atWork = 0;
    let atWorkMax = 0;

    const left = await forEachBounded(
      [1, 2, 3, 4, 5],
      { concurrency: 2, signal: never },
      async (n) => {
        begun.push(n);
        atWork += 1;
        atWorkMax = Math.max(atWorkMax, atWork);
        await nextTurn();
        atWork -= 1;
      },
    );

    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(atWorkMax).toBe(2);
    expect(left).toEqual([]);
  });

  test('begins no more once the signal fired, finishes what is begun, and returns the rest', async () => {
    const stop = new AbortController();
    const finished: number[] = [];

    const left = await forEachBounded(
      [1, 2, 3],
      { concurrency: 1, signal: stop.signal },
      async (n) => {
        stop.abort();
        await nextTurn();
        finished.push(n);
      },
    );

    expect(finished).toEqual([1]);
    expect(left).toEqual([2, 3]);
  });

  test('lets an error go on only when nothing is at work any more', async () => {
    const finished: number[] = [];

    const work = forEachBounded([1, 2], { concurrency: 2, signal: never }, async (n) => {
      if (n === 1) throw new Error('a defect');
      await nextTurn();
      finished.push(n);
    });

    await expect(work).rejects.toThrow('a defect');
    expect(finished).toEqual([2]);
  });
});

describe('withDeadline', () => {
  test('stops waiting for work that ignores its signal', async () => {
    const hangs = new Promise<never>(() => {});
    // The timer of a deadline does not keep a process alive.
    const hold = setTimeout(() => {}, 5_000);

    const result = withDeadline(5, () => hangs);

    await expect(result).rejects.toMatchObject({ name: 'TimeoutError' });
    clearTimeout(hold);
  });

  test('gives the result of work that is in time', async () => {
    expect(await withDeadline(1_000, async () => 'done')).toBe('done');
  });
});
