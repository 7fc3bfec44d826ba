import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRunSummary } from '../admin/run-summary.ts';
import { fillBank } from '../testing/question-bank.ts';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker } from '../testing/test-taker.ts';
import { encode, type HostileRequest, hostileRequestsOf } from './hostile-requests.ts';
import { type Answer, type Api, readApi } from './operations.ts';
import { hostileRequests } from './requests.config.ts';

/** Generous: a machine may be busy. What hangs takes longer. */
const answerMsMax = 10_000;
const inside = /at .*\.[jt]s:\d|node_modules|prisma|relation "|syntax error at|\bSELECT .* FROM\b/i;

let running: TestApp;
let api: Api;
let taker: TestTaker;
const summary = aRunSummary();

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 2);
  api = await readApi(running.app);
  taker = await registerTaker(running.app);
  await running.app.inject({
    method: 'PUT',
    url: `/v1/admin/generation-runs/${summary.runId}`,
    headers: { authorization: `Bearer ${adminToken}` },
    payload: summary,
  });
});
afterAll(() => running.close());

test(
  'whatever is sent to a route, it answers in time, as documented, and tells nothing of its inside',
  async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(hostileRequestsOf(api), async (request) => {
        const answer = await send(request);

        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        expect(answer.statusCode, answer.body).toBeLessThan(500);
        expect(faultsOf(request, answer)).toEqual([]);
        expect(withoutEcho(answer)).not.toMatch(inside);
      }),
      { numRuns: hostileRequests.runs, seed: hostileRequests.seed },
    );

    // Hostile in some places only: there are requests that pass, and each kind of refusal.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 415]));
    expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0)).toBeGreaterThan(
      hostileRequests.runs / 20,
    );
    expect(running.telemetry.errors()).toEqual([]);
  },
  Math.max(60_000, hostileRequests.runs * 150),
);

/** The path is told again, whatever it is. */
function withoutEcho({ body }: Answer): string {
  return body.replace(/"instance":"(?:[^"\\]|\\.)*"/, '');
}

function faultsOf({ operation }: HostileRequest, answer: Answer): string[] {
  return answer.statusCode >= 400 && answer.body !== ''
    ? [...api.faultsOfProblem(answer), ...api.faultsOf(operation, answer)]
    : api.faultsOf(operation, answer);
}

async function send(request: HostileRequest): Promise<Answer> {
  const { operation, query, payload, contentType } = request;
  const ids = await existingIds();
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const given = request.parameters[name];
    return given === undefined ? (ids[name] ?? randomUUID()) : encode(given);
  });
  const token = tokenOf(request);
  const answering = running.app.inject({
    method: operation.method,
    url: path + query,
    headers: {
      ...(token === undefined ? {} : { authorization: token }),
      ...(payload === undefined || contentType === undefined
        ? {}
        : { 'content-type': contentType }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const answer = await Promise.race([answering, late(request)]);
  // Logged out, deleted, or with another password: the next request wants somebody who is there.
  if (answer.statusCode < 300 && /auth\/logout-all|users\/me/.test(operation.path)) {
    const still = await taker.send('GET', '/v1/users/me');
    if (still.statusCode !== 200) taker = await registerTaker(running.app);
  }
  return answer;
}

function late({ operation }: HostileRequest): Promise<never> {
  return new Promise((_resolve, reject) => {
    const error = new Error(`${operation.key} did not answer within ${answerMsMax} ms`);
    setTimeout(() => reject(error), answerMsMax).unref();
  });
}

/** A session of the user, in progress where there can be one, and a run that was reported. */
async function existingIds(): Promise<Record<string, string>> {
  const { prisma } = running.admin;
  const active = await prisma.testSession.findFirst({
    where: { userId: taker.id },
    orderBy: { startedAt: 'desc' },
  });
  return { runId: summary.runId, ...(active === null ? {} : { sessionId: active.id }) };
}

function tokenOf({ operation, token }: HostileRequest): string | undefined {
  const mine = operation.security === 'adminToken' ? adminToken : taker.accessToken;
  const others = operation.security === 'adminToken' ? taker.accessToken : adminToken;
  if (token === 'none') return undefined;
  if (token === 'forged') return `Bearer ${taker.accessToken.slice(0, -4)}AAAA`;
  if (token === 'malformed') return 'Bearer a b';
  return `Bearer ${token === 'right' ? mine : others}`;
}
