import { expect, test } from 'vitest';
import { faultCases, type Protocol } from './fault-cases.ts';
import { toReliabilityPage, toTables } from './reliability-page.ts';
import { bounds, fullPlan, type Row } from './suite.ts';

function toRow(name: string, protocol: Protocol, problems: readonly string[] = []): Row {
  const fault = faultCases.find((each) => each.name === name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  const account = {
    channel: 'traces.otel',
    produced: 100,
    acknowledged: 60,
    failed: 30,
    dropped: 10,
    failures: { timeout: 30 },
    received: 60,
    receivedInFault: 7,
  };
  const observation = {
    requests: 500,
    failedRequests: 0,
    p99Ms: { without: [10, 20, 12], within: [24, 18] },
    longestTurnMs: 20.4,
    heldMax: 2_048,
    heapSlope: 10_240,
    residentGrowth: 1_048_576,
    shutdownMs: 3_120,
    exitCode: 143,
    accounts: [account],
    counter: { own: 48, received: 48, recoveryMs: 320 },
  };
  return { fault, protocol, observation, problems, attempts: 1 };
}

test('a row tells what the service did, and what became of what it made', () => {
  const text = toTables([toRow('reset mid-body', 'http/json')]);
  expect(text).toContain('1 rows, 0 failed.');
  expect(text).toContain(
    '| reset mid-body | 0 of 500 | 1.50 | 2.00 | 20 ms | 2048 | 10 KiB/s | 1.0 MiB | 3.1 s | equal | 0.3 s | ok |',
  );
  expect(text).toContain('| reset mid-body | 100 = 60 + 40 lost, 7 ambiguous |  |');
});

test('a status is named as the protocol has it, and a row that fails says so', () => {
  const text = toTables([toRow('429', 'http/protobuf'), toRow('429', 'grpc', ['slow'])]);
  expect(text).toMatch(
    /## http\/protobuf, and Sentry\n\n.+\n.+\n\| 429, Retry-After 1 s \|.+ok \|/,
  );
  expect(text).toMatch(
    /## grpc, and Sentry\n\n.+\n.+\n\| RESOURCE_EXHAUSTED \(429\) \|.+FAILED \|/,
  );
  expect(text).toContain('2 rows, 1 failed.');
});

test('the page says what each column means and which bounds hold', () => {
  const page = toReliabilityPage([toRow('none', 'grpc')], { plan: fullPlan, bounds });
  for (const column of [
    'p99 ratio',
    'longest turn',
    'held',
    'heap growth',
    'shutdown',
    'counter',
  ]) {
    expect(page).toContain(`**${column}**`);
  }
  expect(page).toContain(`a row fails over ${bounds.heldMax}`);
  expect(page).not.toMatch(/\b20\d\d-\d\d/);
});
