import { expect, test } from 'vitest';
import { ordersOf, playAll, shortPlan } from './suite.ts';

/** Longer than a row and its repetition take on a busy machine. */
const timeout = 120_000;

test.for(ordersOf(['http/protobuf']))(
  '$fault.name: the service goes on, and what it made is accounted for',
  { timeout },
  async (order) => {
    const rows = playAll([order], shortPlan);
    const { value: row } = await rows.next();
    await rows.return();

    expect(row?.problems).toEqual([]);
  },
);
