import { describe, expect, test } from 'vitest';
import { type Account, ambiguousOf, checkReceived, checkReported } from './accounting.ts';

const account = (changes: Partial<Account> = {}): Account => ({
  channel: 'traces.otel',
  produced: 100,
  acknowledged: 70,
  failed: 20,
  dropped: 10,
  failures: { timeout: 20 },
  received: 70,
  receivedInFault: 0,
  ...changes,
});
const check = (changes: Partial<Account>, isAmbiguous = false) => [
  ...checkReported(account(changes)),
  ...checkReceived(account(changes), { isAmbiguous }),
];

describe('an account', () => {
  test('adds up where all is acknowledged or reported lost, and what is acknowledged was received', () => {
    expect(check({})).toEqual([]);
    expect(check({}, true)).toEqual([]);
  });

  test.each<[string, Partial<Account>, RegExp]>([
    ['an item that nobody speaks of', { produced: 101 }, /101 produced, but 100 reported/],
    ['an item that is counted twice', { failed: 21 }, /100 produced, but 101 reported/],
    ['an acknowledged item that never came', { received: 69 }, /1 acknowledged .* never received/],
    ['a lost item that came', { receivedInFault: 3 }, /3 received that were reported lost/],
    ['a program that did nothing', { produced: 0, acknowledged: 0 }, /nothing was produced/],
  ])('does not with %s', (_what, changes, expected) => {
    expect(check(changes).join()).toMatch(expected);
  });

  test('may have items that came and were reported lost where the fault hides the answer', () => {
    const hidden = { receivedInFault: 20 };
    expect(check(hidden, true)).toEqual([]);
    expect(ambiguousOf(account(hidden))).toBe(20);
  });

  test('may count what the fault answered as acknowledged', () => {
    const answered = { acknowledged: 90, failed: 0, receivedInFault: 20 };
    expect(check(answered, true)).toEqual([]);
    expect(ambiguousOf(account(answered))).toBe(0);
  });

  test('must acknowledge what was answered well, under any fault', () => {
    const forgotten = { acknowledged: 60, failed: 30, received: 70 };
    expect(check(forgotten, true).join()).toMatch(/70 received and answered, but only 60/);
  });
});
