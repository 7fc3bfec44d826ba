import { afterAll, expect, test } from 'vitest';
import { describeFault } from './fault-cases.ts';
import { ordersOf, playAll, type Row, shortPlan } from './suite.ts';

const orders = ordersOf(['http/protobuf']);
const rows = playAll(orders, shortPlan);
afterAll(() => rows.return());

/** Longer than a row and its repetition take on a busy machine. */
const timeoutMs = 90_000;

/** The rows come in order, as each test asks for the next. */
test.for(orders)(
  '$fault.name: the service goes on, and what it made is accounted for',
  {
    timeout: timeoutMs,
  },
  async ({ fault, protocol }) => {
    const { value: row } = await rows.next();

    expect((row as Row).fault).toBe(fault);
    expect((row as Row).problems, describeFault(fault, protocol)).toEqual([]);
  },
);
