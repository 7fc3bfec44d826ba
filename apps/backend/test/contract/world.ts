import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { aRunSummary } from '../admin/run-summary.ts';
import { fillBank } from '../testing/question-bank.ts';
import { adminToken, createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker } from '../testing/test-taker.ts';
import type { Answer, Api, Operation } from './operations.ts';
import { readApi } from './operations.ts';
import { valuesOf } from './schema-arbitrary.ts';

/** What is sent where it differs from a valid request. */
export interface Sent {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  /** As it goes over the wire. */
  readonly payload?: string;
  readonly contentType?: string;
  readonly token?: string | null;
}

/** The backend in every state that its document speaks of, each a real app over a real database. */
export interface World {
  readonly api: Api;
  /** With questions, and reachable. */
  readonly open: TestApp;
  /** Like `open`, with a clock of its own and a pause between sessions. */
  readonly timed: TestApp;
  readonly clock: { advance(seconds: number): void };
  /** Its bank is empty, until `breakTables` takes its tables away. */
  readonly bare: TestApp;
  breakTables(): Promise<void>;
  /** Its database cannot be reached. */
  readonly cut: TestApp;
  /** Without an admin key. */
  readonly closed: TestApp;
  /** Allows one request. */
  readonly limited: TestApp;
  readonly taker: TestTaker;
  send(at: TestApp, operation: Operation, sent?: Sent): Promise<Answer>;
  close(): Promise<void>;
}

export const pauseSeconds = 3600;

export async function startWorld(): Promise<World> {
  const open = await startTestApp();
  await fillBank(open.admin, 2);
  const clock = createTestClock();
  const timed = await startTestApp({
    besides: open,
    clock,
    change: (config) => ({
      ...config,
      auth: { ...config.auth, accessTokenSeconds: 86_400 },
      testSessions: { ...config.testSessions, retakeAfterSeconds: pauseSeconds },
    }),
  });
  const bare = await startTestApp();
  const unreachable = 'postgresql://aiq_backend:secret@127.0.0.1:1/aiq';
  const cut = await startTestApp({ besides: open, databaseUrl: unreachable });
  const closed = await startTestApp({
    besides: open,
    environment: { BACKEND_ADMIN_TOKEN: undefined },
  });
  const limited = await startTestApp({
    besides: open,
    environment: {
      BACKEND_AUTH_RATE_LIMIT: '1',
      BACKEND_REGISTRATION_RATE_LIMIT: '1',
      BACKEND_USER_RATE_LIMIT: '1',
    },
  });
  const api = await readApi(open.app);
  const taker = await registerTaker(open.app);

  return {
    api,
    open,
    timed,
    clock,
    bare,
    cut,
    closed,
    limited,
    taker,
    send: (at, operation, sent = {}) => send(at, { api, operation, taker, sent }),
    async breakTables() {
      const tables = await bare.admin.prisma.$queryRaw<{ name: string }[]>`
        SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
      for (const { name } of tables) {
        await bare.admin.prisma.$executeRawUnsafe(`ALTER TABLE "${name}" RENAME TO "${name}_gone"`);
      }
    },
    async close() {
      for (const app of [limited, closed, cut, timed, open, bare]) await app.close();
    },
  };
}

/** Sends a request that is valid but for what is said. */
async function send(
  at: TestApp,
  request: {
    readonly api: Api;
    readonly operation: Operation;
    readonly taker: TestTaker;
    readonly sent: Sent;
  },
): Promise<Answer> {
  const { api, operation, taker, sent } = request;
  const { parameters = {}, query = '', contentType, token = tokenFor(operation, taker) } = sent;
  const ids: Record<string, string> = {};
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    ids[name] = parameters[name] ?? randomUUID();
    return ids[name];
  });
  const body = 'body' in sent ? sent.body : validBody(api, operation, ids);
  const payload = sent.payload ?? (body === undefined ? undefined : JSON.stringify(body));
  return at.app.inject({
    method: operation.method,
    url: path + query,
    headers: {
      ...(payload === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
}

function tokenFor({ security }: Operation, taker: TestTaker): string | null {
  if (security === 'none') return null;
  return security === 'adminToken' ? adminToken : taker.accessToken;
}

/** Of a schema, but for what a schema cannot say: sums that must agree. */
function validBody(
  { resolve }: Api,
  { body, key }: Operation,
  ids: Readonly<Record<string, string>>,
): unknown {
  if (body === undefined) return undefined;
  const { runId } = ids;
  if (key.startsWith('PUT /v1/admin/generation-runs/') && runId) return aRunSummary({ runId });
  return fc.sample(valuesOf(body, resolve), { numRuns: 1, seed: 7 })[0];
}
