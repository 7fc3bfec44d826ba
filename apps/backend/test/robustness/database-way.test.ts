import { type Fault, type FaultProxy, startFaultProxy } from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker } from '../testing/test-taker.ts';

let direct: TestApp;
let proxy: FaultProxy;
let behind: TestApp;
let taker: TestTaker;

beforeAll(async () => {
  direct = await startTestApp();
  const url = new URL(direct.databaseUrl);
  proxy = await startFaultProxy({ target: `http://${url.host}`, mode: 'tcp' });
  url.port = String(proxy.port);
  behind = await startTestApp({
    besides: direct,
    databaseUrl: url.href,
    change: (config) => ({
      ...config,
      database: { ...config.database, connectionTimeoutMs: 400, statementTimeoutMs: 400 },
    }),
  });
  taker = await registerTaker(direct.app);
});
beforeEach(() => behind.telemetry.reset());
afterAll(async () => {
  await behind?.close();
  await proxy?.stop();
  await direct?.close();
});

test.for<[string, Fault]>([
  ['is refused', { kind: 'refused' }],
  ['hangs', { kind: 'hang before headers' }],
  ['breaks in the middle of an answer', { kind: 'reset mid-body' }],
])(
  'where the way to the database %s, requests are told to come back, and find it again',
  async ([, fault]) => {
    const ask = () => taker.send('GET', '/v1/users/me', undefined, behind.app);
    const working = await ask();

    await proxy.play(fault);
    // The first ones find the connections that were open.
    const broken = [];
    for (let count = 0; count < 4; count += 1) broken.push(await ask());
    const ready = await behind.app.inject('/health/ready');
    await proxy.play({ kind: 'none' });
    const again = await ask();
    const readyAgain = await behind.app.inject('/health/ready');

    const expected = { status: 503, code: 'service_unavailable' };
    expect(working.statusCode).toBe(200);
    expect(broken.map((response) => response.json())).toEqual(
      broken.map(() => expect.objectContaining(expected)),
    );
    expect(ready.statusCode).toBe(503);
    expect(again.statusCode).toBe(200);
    expect(readyAgain.statusCode).toBe(200);
    expect(behind.telemetry.metric('app.errors', { 'error.type': 'service_unavailable' })).toBe(4);
  },
);
