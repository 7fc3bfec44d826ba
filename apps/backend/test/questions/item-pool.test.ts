import { describe, expect, test } from 'vitest';
import { createItemPool } from '../../src/questions/item-pool.ts';
import type { PoolItem } from '../../src/questions/questions-repository.ts';
import { createTestClock } from '../testing/test-app.ts';

const item: PoolItem = {
  id: 'a',
  domain: 'logic',
  level: 'easy',
  discrimination: 1,
  difficulty: -1,
};

describe('an item pool', () => {
  test('is loaded once for all who ask at the same time', async () => {
    const { pool, loads } = poolOf(async () => [item]);

    const given = await Promise.all([pool.get(), pool.get(), pool.get()]);

    expect(given.map(({ items }) => items)).toEqual([[item], [item], [item]]);
    expect(loads()).toBe(1);
  });

  test('is kept until it has aged, and then renewed behind who asks', async () => {
    const { pool, loads, clock } = poolOf(async (load) => [{ ...item, id: `load ${load}` }]);
    await pool.get();
    clock.advance(29);
    await pool.get();
    const before = loads();
    clock.advance(1);

    const aged = await pool.get();
    await Promise.resolve();
    const renewed = await pool.get();

    expect(before).toBe(1);
    expect(aged.items[0]?.id).toBe('load 1');
    expect(renewed.items[0]?.id).toBe('load 2');
  });

  test('is asked for again where it was empty', async () => {
    const { pool } = poolOf(async (load) => (load === 1 ? [] : [item]));

    expect((await pool.get()).items).toEqual([]);
    expect((await pool.get()).items).toEqual([item]);
  });

  test('stays as it is where its renewal fails, and says so', async () => {
    const { pool, clock, errors } = poolOf(async (load) => {
      if (load === 2) throw new Error('no database');
      return [item];
    });
    await pool.get();
    clock.advance(31);

    const during = await pool.get();
    await new Promise(setImmediate);
    const after = await pool.get();

    expect([during.items, after.items]).toEqual([[item], [item]]);
    expect(errors.map(String)).toEqual(['Error: no database']);
  });

  test('passes the error of its first load on, and tries again', async () => {
    const { pool } = poolOf(async (load) => {
      if (load === 1) throw new Error('no database');
      return [item];
    });

    await expect(pool.get()).rejects.toThrow('no database');
    expect((await pool.get()).items).toEqual([item]);
  });

  test('keeps the items of three older calibrations, each loaded once, and forgets the oldest', async () => {
    const { pool, versions } = poolOf(async () => [item]);

    for (const version of [1, 2, 3, 1, 3, 4, 1]) {
      expect((await pool.getVersion(version)).calibrationVersion).toBe(version);
    }

    expect(versions).toEqual([1, 2, 3, 4, 1]);
  });
});

function poolOf(answer: (load: number) => Promise<PoolItem[]>) {
  const clock = createTestClock();
  const errors: unknown[] = [];
  let count = 0;
  const versions: number[] = [];
  const pool = createItemPool({
    loadNewest: async () => {
      count += 1;
      return { calibrationVersion: 0, items: await answer(count) };
    },
    loadVersion: async (calibrationVersion) => {
      versions.push(calibrationVersion);
      return { calibrationVersion, items: await answer(1) };
    },
    clock,
    secondsMax: 30,
    onRenewalError: (error) => errors.push(error),
  });
  return { pool, clock, errors, versions, loads: () => count };
}
