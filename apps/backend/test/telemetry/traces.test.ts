import { randomUUID } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  type SentryReceiver,
  type SpanNode,
  spanTree,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningBackend, startBackend } from '../robustness/harness/running-backend.ts';
import { fillBank } from '../testing/question-bank.ts';

const adminToken = 'admin-token-of-the-tests';
const patience = { timeoutMs: 20_000 };
const email = `taker-${randomUUID()}@example.org`;
const password = `pass phrase ${randomUUID()}`;

const name = 'Ada Nobody Lovelace';

interface Reply {
  readonly status: number;
  readonly traceId: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many routes
  readonly body: Record<string, any>;
}

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let backend: RunningBackend;
let played: Awaited<ReturnType<typeof play>>;

// What was sent is complete once the service has ended: all is played first, and then looked at.
beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
  const database = await testDatabase();
  const admin = createDatabase({ url: database.adminUrl, applicationName: 'traces' });
  await fillBank(admin, 4);
  await admin.close();
  backend = await startBackend(database.url('backend'), {
    OTEL_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_TRACES_ENABLED: 'true',
    OTEL_LOGS_ENABLED: 'true',
    SENTRY_DSN: sentry.dsn,
    BACKEND_ADMIN_TOKEN: adminToken,
    BACKEND_DATABASE_POOL_MAX: '2',
    BACKEND_DATABASE_STATEMENT_TIMEOUT_MS: '1500',
    BACKEND_DATABASE_CONNECTION_TIMEOUT_MS: '500',
  });
  played = await play(database.adminUrl);
  const end = await backend.program.stop('SIGTERM', patience);
  expect(end).toMatchObject({ code: 143, stderr: '' });
}, 120_000);
afterAll(async () => {
  await backend?.[Symbol.asyncDispose]();
  await Promise.all([otlp?.stop(), sentry?.stop()]);
});

/** Each request in a trace of its own, which it is found by. */
async function send(method: string, path: string, body?: object, token?: string): Promise<Reply> {
  const traceId = randomUUID().replaceAll('-', '');
  const response = await fetch(`${backend.url}${path}`, {
    method,
    headers: {
      traceparent: `00-${traceId}-${traceId.slice(16)}-00`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, traceId, body: (await response.json()) as Reply['body'] };
}

async function play(adminUrl: string) {
  const registered = await send('POST', '/v1/auth/register', { email, password });
  const token: string = registered.body['accessToken'];
  const documented = await playDocument(token);
  const started = await send('POST', '/v1/test-sessions', { mode: 'adaptive' }, token);
  const { id, next } = started.body;
  const answer = { questionId: next.id, optionIndex: 1 };
  const answered = await send('POST', `/v1/test-sessions/${id}/responses`, answer, token);
  const refused = await send('POST', `/v1/test-sessions/${randomUUID()}/abandon`, undefined, token);
  const history = () => send('GET', '/v1/test-sessions', undefined, token);
  const unavailable = await whileLocked(adminUrl, () =>
    Promise.all([history(), history(), history()]),
  );
  let slow: Promise<Reply> | undefined;
  await whileLocked(adminUrl, async (lock) => {
    slow = history();
    await lock.query('SELECT pg_sleep(1.2)');
  });
  await send('POST', '/v1/auth/login', { email, password: `${password} wrong` });
  await send('POST', '/v1/auth/register', { email, password });
  await send('PATCH', '/v1/users/me', { displayName: name }, token);
  const login = await send('POST', '/v1/auth/login', { email, password });
  const { accessToken, refreshToken } = login.body;
  return {
    documented,
    started,
    answered,
    refused,
    unavailable,
    slow: await (slow as unknown as Promise<Reply>),
    secrets: [token, accessToken, refreshToken] as string[],
  };
}

/** A request to each documented operation; those that end a login are left out, it is needed for the rest. */
async function playDocument(token: string): Promise<{ name: string; traceId: string }[]> {
  const { body } = await send('GET', '/docs/json');
  const operations = Object.entries(body['paths'] as Record<string, object>).flatMap(
    ([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
  );
  const sent: { name: string; traceId: string }[] = [];
  for (const { path, method } of operations) {
    if (method === 'DELETE' || path.endsWith('logout-all')) continue;
    const { traceId } = await send(
      method,
      path.replaceAll(/\{\w+\}/g, () => randomUUID()),
      method === 'GET' ? undefined : {},
      path.startsWith('/v1/admin') ? adminToken : token,
    );
    sent.push({ name: `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, traceId });
  }
  return sent;
}

/** Runs `work` while nobody else gets at the test sessions. */
async function whileLocked<Result>(
  adminUrl: string,
  work: (lock: pg.Client) => Promise<Result>,
): Promise<Result> {
  const lock = new pg.Client({ connectionString: adminUrl });
  await lock.connect();
  try {
    await lock.query('BEGIN; LOCK TABLE test_sessions IN ACCESS EXCLUSIVE MODE');
    return await work(lock);
  } finally {
    await lock.end();
  }
}

const treeOf = ({ traceId }: { readonly traceId: string }) => spanTree(otlp.spans(), traceId);

/** The one SERVER span of a request. */
function serverSpanOf({ traceId }: { readonly traceId: string }): ReceivedSpan {
  const spans = otlp.spans().filter((span) => span.traceId === traceId && span.kind === 'server');
  expect(spans).toHaveLength(1);
  return spans[0] as ReceivedSpan;
}

const lineOf = ({ traceId }: Reply, message: string) =>
  otlp.logs().find((log) => log.traceId === traceId && log.body === message);

const eventOf = ({ traceId }: Reply) =>
  sentry.events().find((event) => JSON.stringify(event).includes(traceId));

/** A line a span, indented by its depth; the database is no part of a name. */
function outline(nodes: readonly SpanNode[], depth = 0): string[] {
  return nodes.flatMap(({ kind, name: spanName, children }) => [
    `${'  '.repeat(depth)}${kind} ${spanName.replace(/ aiq_test_\w+$/, '')}`,
    ...outline(children, depth + 1),
  ]);
}

test('every documented route gives one trace: one SERVER span, with its template, and SQL right below it', () => {
  const { documented } = played;
  const drawn = documented.map((sent) => [sent.name, ...outline(treeOf(sent))]);
  const statement = /^ {2}client (SELECT|INSERT|UPDATE|DELETE|BEGIN|COMMIT|ROLLBACK)\b/;

  const wrong = drawn.filter(
    ([route, root, ...below]) =>
      root !== `server ${route}` || below.some((line) => !statement.test(line)),
  );

  expect(documented.length).toBeGreaterThan(15);
  expect(drawn.filter((lines) => lines.length > 2).length).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});

test("an answer is scored in one transaction, whose statements are the request's", () => {
  const lines = outline(treeOf(played.answered)).map((line) => line.trim());

  const { id } = played.started.body;
  const transaction = lines.slice(
    lines.indexOf('client BEGIN') + 1,
    lines.indexOf('client COMMIT'),
  );
  expect(lines[0]).toBe('server POST /v1/test-sessions/:sessionId/responses');
  expect(transaction).toContain('client INSERT responses');
  expect(transaction).toContain('client UPDATE test_sessions');
  for (const reply of [played.started, played.answered]) {
    expect(serverSpanOf(reply).attributes).toMatchObject({ 'test_session.id': id });
  }
});

test('a refused request says on its span and in its line what it was refused with', () => {
  const { refused } = played;

  const told = { 'problem.code': 'test_session_not_found', 'http.response.status_code': 404 };
  expect(serverSpanOf(refused)).toMatchObject({ status: 'unset', attributes: told });
  expect(lineOf(refused, 'request completed')?.attributes).toMatchObject(told);
  expect(eventOf(refused)).toBeUndefined();
});

test('a request that got no connection and one whose statement was ended are told apart', () => {
  const { unavailable } = played;
  const reasons = unavailable.map((reply) => serverSpanOf(reply).attributes['problem.reason']);

  expect(reasons.sort()).toEqual(['pool_exhausted', 'statement_timeout', 'statement_timeout']);
  for (const reply of unavailable) {
    const { attributes, status } = serverSpanOf(reply);
    const event = eventOf(reply);
    const reason = { 'problem.reason': attributes['problem.reason'] };
    expect(status).toBe('error');
    expect(attributes).toMatchObject({
      'http.route': '/v1/test-sessions',
      'http.response.status_code': 503,
      'error.type': 'service_unavailable',
      'problem.code': 'service_unavailable',
      'sentry.event_id': event?.['event_id'],
    });
    expect(event?.['tags']).toMatchObject(reason);
    expect(lineOf(reply, 'request completed')).toMatchObject({
      severityText: 'error',
      attributes: reason,
    });
  }
});

test('a slow request is a warning that says how long it took, and its trace which statement', () => {
  const { slow } = played;
  const line = lineOf(slow, 'request completed slowly');
  const [server] = treeOf(slow);

  const longest = server?.children.find(({ durationMs = 0 }) => durationMs > 1000);
  expect(slow.status).toBe(200);
  expect(line).toMatchObject({
    severityText: 'warn',
    attributes: { 'http.route': '/v1/test-sessions' },
  });
  expect(line?.attributes['duration_seconds']).toBeGreaterThan(1);
  expect(longest?.name).toBe('SELECT test_sessions');
});

test('nothing that left the service tells who the user is', () => {
  const personal = [email, encodeURIComponent(email), password, name, ...played.secrets];
  const sent = [
    ...otlp.requests.map(({ body }) => body.toString('utf8')),
    JSON.stringify(sentry.events()),
    backend.program.stdout,
  ];

  expect(sent.join('\n')).toContain('/v1/auth/login');
  expect(personal.filter((text) => text.length < 5)).toEqual([]);
  expect(personal.filter((text) => sent.some((each) => each.includes(text)))).toEqual([]);
});
