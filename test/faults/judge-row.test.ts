import { describe, expect, test } from 'vitest';
import type { Account } from './accounting.ts';
import { judgeRow, type Observation, ratioOf } from './judge-row.ts';
import { bounds } from './suite.ts';

const fine: Account = {
  channel: 'errors.sentry',
  produced: 10,
  acknowledged: 8,
  failed: 2,
  dropped: 0,
  failures: { status_5xx: 2 },
  received: 8,
  receivedInFault: 0,
};
const observe = (changes: Partial<Observation> = {}): Observation => ({
  requests: 500,
  failedRequests: 0,
  p99Ms: { without: [10, 14, 12], within: [11, 13] },
  longestTurnMs: 20,
  heldMax: 2_048,
  heapSlope: 1_000,
  residentGrowth: 1_000_000,
  shutdownMs: 3_100,
  exitCode: 143,
  accounts: [fine],
  counter: { own: 48, received: 48, recoveryMs: 20 },
  ...changes,
});
const judge = (changes: Partial<Observation>, name = 'refused') =>
  judgeRow(observe(changes), { name }, bounds);

describe('a row', () => {
  test('is well where the service went on, ended in time and accounts for everything', () => {
    expect(judge({})).toEqual({ wrong: [], slow: [] });
  });

  test.each<[string, Partial<Observation>, RegExp]>([
    ['a request failed', { failedRequests: 1 }, /1 requests failed/],
    ['a queue has no bound', { heldMax: 2_049 }, /2049 items waited/],
    ['the process grew', { residentGrowth: 200_000_000 }, /process grew/],
    ['the exit code is another', { exitCode: null }, /exit code was null/],
    [
      'the counter differs',
      { counter: { own: 48, received: 47, recoveryMs: 1 } },
      /received as 47, and is 48/,
    ],
    [
      'no counter came',
      { counter: { own: 48, received: undefined, recoveryMs: 1 } },
      /received as undefined/,
    ],
    ['an account does not add up', { accounts: [{ ...fine, failed: 1 }] }, /10 produced, but 9/],
  ])('is wrong where %s', (_what, changes, expected) => {
    const { wrong, slow } = judge(changes);
    expect(wrong.join()).toMatch(expected);
    expect(slow).toEqual([]);
  });

  test.each<[string, Partial<Observation>, RegExp]>([
    [
      'every round with the fault is slower than every one without',
      { p99Ms: { without: [10, 14, 12], within: [210, 190] } },
      /at best 190.0 ms with the fault, at worst 14.0 ms without/,
    ],
    [
      'an answer came after the sender had given up',
      { accounts: [{ ...fine, received: 9 }] },
      /9 received and answered, but only 8/,
    ],
    ['an export blocks', { longestTurnMs: 200 }, /stood still for 200 ms/],
    ['the heap grew', { heapSlope: 2_000_000 }, /heap grew by 1953 KiB/],
    ['the shutdown does not give up', { shutdownMs: 9_000 }, /shutdown took 9000 ms/],
  ])('may be slow by chance where %s', (_what, changes, expected) => {
    const { wrong, slow } = judge(changes);
    expect(slow.join()).toMatch(expected);
    expect(wrong).toEqual([]);
  });

  test.each([
    ['one round was slow', { without: [10, 14, 12], within: [210, 13] }],
    ['a round without the fault was as slow', { without: [10, 90, 12], within: [210, 190] }],
    ['all are quick', { without: [1, 2, 1], within: [40, 50] }],
  ])('is not slow where %s', (_what, p99Ms) => {
    expect(judge({ p99Ms }).slow).toEqual([]);
  });

  test('without any fault may lose nothing', () => {
    expect(judge({}, 'none').slow).toEqual([
      'errors.sentry: 2 lost without any fault ({"status_5xx":2})',
    ]);
  });
});

test('a ratio is told beside the noise of the rounds without the fault', () => {
  expect(ratioOf({ p99Ms: { without: [10, 20, 12], within: [24, 18] } })).toEqual({
    ratio: 1.5,
    noise: 2,
  });
});
