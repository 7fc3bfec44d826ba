import { describe, expect, test } from 'vitest';
import { eventually } from '../src/index.ts';

describe('eventually', () => {
  test('gives the first value, 0 included', async () => {
    const answers = [undefined, null, false, 0] as const;
    let looks = 0;

    await expect(eventually(() => answers[looks++], { intervalMs: 1 })).resolves.toBe(0);
    expect(looks).toBe(4);
  });

  test('takes a thrown error for "not yet"', async () => {
    let looks = 0;
    const condition = () => {
      looks += 1;
      if (looks < 3) throw new Error('too early');
      return 'there';
    };

    await expect(eventually(condition, { intervalMs: 1 })).resolves.toBe('there');
  });

  test('ends with what was waited for, how it stood, and the last error', async () => {
    const wait = eventually(() => Promise.reject(new Error('no row')), {
      timeoutMs: 30,
      intervalMs: 5,
      message: () => 'the run in the table',
    });

    await expect(wait).rejects.toMatchObject({
      message: 'Waited 30 ms in vain: the run in the table: no row',
      cause: { message: 'no row' },
    });
  });

  test('gives up a condition that never answers', async () => {
    const never = () => new Promise<string>(() => {});

    await expect(eventually(never, { timeoutMs: 30 })).rejects.toThrow(/in vain/);
  });
});
