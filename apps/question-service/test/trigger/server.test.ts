import { createHash } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { eventually, type Program, startModelServer, startOtlpReceiver } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { startBackend } from '../support/backend.ts';
import { runCli, startServer } from '../support/run-cli.ts';
import { configFile } from '../support/services.ts';

const token = 'the-trigger-token';
const authorization = `Bearer ${token}`;

async function openServer(databaseUrl: string, env: Record<string, string> = {}) {
  const program = await startServer({ DATABASE_URL: databaseUrl, TRIGGER_TOKEN: token, ...env });
  try {
    const [, url = ''] = await program.waitForLine(/"url":"([^"]+)".*"listening"/);
    return { program, url };
  } catch (error) {
    await program.stop('SIGKILL');
    throw error;
  }
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/runs`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const get = async (url: string) => (await fetch(url, { headers: { authorization } })).json();

async function ended(url: string, runId: string): Promise<{ state: string; summary: RunSummary }> {
  return eventually(
    async () => {
      const run = (await get(`${url}/v1/runs/${runId}`)) as { state: string; summary: RunSummary };
      return ['planned', 'running'].includes(run.state) ? undefined : run;
    },
    { timeoutMs: 30_000, message: 'the run to end' },
  );
}

/** The sum of a counter's series in the Prometheus text. */
function counted(text: string, name: string): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('the trigger server', () => {
  let databaseUrl: string;
  let server: { program: Program; url: string };

  beforeAll(async () => {
    databaseUrl = (await testDatabase()).url('question_service');
    server = await openServer(databaseUrl);
  });
  afterAll(async () => {
    await server.program.stop();
  });

  test('is alive, and ready with its database and queue', async () => {
    const ready = (await get(`${server.url}/health/ready`)) as { checks: unknown };

    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(ready.checks).toEqual({ database: 'ok', queue: 'ok' });
  });

  test('answers an order with 202, the id of its run, and where it is', async () => {
    const response = await post(server.url, { count: 6, types: ['math'], seed: 7 });

    const body = (await response.json()) as { runId: string };
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/v1/runs/${body.runId}`);
    expect(body).toMatchObject({ state: 'planned', seed: 7, requested: 6 });
    expect(await ended(server.url, body.runId)).toMatchObject({ state: 'succeeded' });
  });

  test.for([
    ['a count of 0', { count: 0 }, 'validation_failed', 400],
    ['a count beyond the limit', { count: 1e9 }, 'validation_failed', 400],
    ['no count', {}, 'validation_failed', 400],
    ['a target without balancing', { count: 5, target: 9 }, 'validation_failed', 400],
    ['a ceiling of no cost', { count: 5, maxCostUsd: 0 }, 'validation_failed', 400],
    ['a ceiling beyond the limit', { count: 5, maxCostUsd: 1e9 }, 'validation_failed', 400],
    ['types to balance', { autoBalance: true, types: ['math'] }, 'validation_failed', 400],
    ['an unknown type', { count: 5, types: ['nope'] }, 'validation_failed', 400],
    ['an unknown field', { count: 5, nope: 1 }, 'validation_failed', 400],
    ['a body that is not JSON', '{"count":', 'malformed_body', 400],
    ['no body', '', 'malformed_body', 400],
    ['an oversized body', { count: 5, nope: 'x'.repeat(70_000) }, 'body_too_large', 413],
  ] as const)('refuses %s with a problem that says so', async ([, body, code, status]) => {
    const response = await post(server.url, body);

    const problem = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ code, status, type: 'about:blank' });
    expect(problem['requestId']).toBe(response.headers.get('x-request-id'));
    expect(problem['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(problem)).not.toMatch(/\n\s+at |\.ts:/);
  });

  test('names the field that is wrong', async () => {
    const response = await post(server.url, { count: 5, types: ['nope'] });

    const problem = (await response.json()) as { errors: unknown[] };
    expect(problem.errors).toEqual([
      { path: 'types.0', message: expect.stringContaining('"pattern"') },
    ]);
  });

  test('refuses a body of another type with 415', async () => {
    const response = await post(server.url, 'count=5', { 'content-type': 'text/plain' });

    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'unsupported_media_type' });
  });

  test.for([{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic x' }])(
    'refuses an order with %o with 401',
    async (headers) => {
      const response = await fetch(`${server.url}/v1/runs`, { method: 'POST', headers });

      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ code: 'unauthorized' });
    },
  );

  test('answers an unknown route and an unknown run with 404, each by its code', async () => {
    const route = await fetch(`${server.url}/nope`);
    const run = await fetch(`${server.url}/v1/runs/00000000-0000-4000-8000-000000000000`, {
      headers: { authorization },
    });
    const noId = await fetch(`${server.url}/v1/runs/nope`, { headers: { authorization } });

    expect([route.status, await route.json()]).toMatchObject([404, { code: 'route_not_found' }]);
    expect([run.status, await run.json()]).toMatchObject([404, { code: 'not_found' }]);
    expect([noId.status, await noId.json()]).toMatchObject([400, { code: 'validation_failed' }]);
  });
});

test('a server that is told to stop is unready first, and takes orders until the drain delay is over', async () => {
  const databaseUrl = (await testDatabase()).url('question_service');
  const { program, url } = await openServer(databaseUrl, {
    QUESTION_SERVICE_DRAIN_DELAY_MS: '1500',
  });
  await using _program = program;

  process.kill(program.pid, 'SIGTERM');
  const ready = await eventually(async () => {
    const response = await fetch(`${url}/health/ready`);
    return response.status === 503 && response;
  });
  const order = await post(url, { count: 6, types: ['math'], seed: 7 });
  const { code } = await program.ended;

  expect(await ready.json()).toMatchObject({ status: 'stopping', checks: { database: 'ok' } });
  expect(order.status).toBe(202);
  expect(order.headers.get('connection')).toBe('close');
  expect(code).toBe(143);
});

describe('a triggered run', () => {
  test('is the difference of /metrics before and after, the rows, and one trace with its request', async () => {
    const databaseUrl = (await testDatabase()).url('question_service');
    const database = createDatabase({ url: databaseUrl, applicationName: 'test' });
    onTestFinished(() => database.close());
    await using receiver = await startOtlpReceiver();
    const telemetry = { OTEL_SDK_DISABLED: '', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const { program, url } = await openServer(databaseUrl, telemetry);
    await using _program = program;
    const scrape = async () => (await fetch(`${url}/metrics`)).text();
    const before = await scrape();

    const order = (await (await post(url, { count: 90, seed: 7 })).json()) as {
      runId: string;
      traceId: string;
    };
    const { summary } = await ended(url, order.runId);
    const after = await scrape();
    await program.stop();

    const grown = (step: string) => {
      const name = `questions_${step}_total`;
      return counted(after, name) - counted(before, name);
    };
    expect({
      requested: grown('requested'),
      generated: grown('generated'),
      approved: grown('approved'),
      inserted: grown('inserted'),
    }).toEqual({
      requested: summary.requested,
      generated: summary.generated,
      approved: summary.approved,
      inserted: summary.inserted,
    });
    const rows = await createQuestionsRepository(database).countByRun(order.runId);
    expect(rows).toBe(summary.inserted);
    expect(summary.inserted).toBeGreaterThan(80);
    const trace = receiver.spans().filter((span) => span.traceId === order.traceId);
    expect(summary.traceId).toBe(order.traceId);
    expect(trace.map((span) => span.name)).toEqual(
      expect.arrayContaining(['POST /v1/runs', 'pipeline.run', 'pipeline.storage', 'db.insert']),
    );
    const request = trace.find((span) => span.name === 'POST /v1/runs');
    const run = trace.find((span) => span.name === 'pipeline.run');
    expect(run?.parentSpanId).toBe(request?.spanId);
  });

  test('stops at the cost ceiling that came with its order', async () => {
    const databaseUrl = (await testDatabase()).url('question_service');
    await using models = await startModelServer(({ texts }) => ({
      kind: 'vectors',
      vectors: texts.map((text) => [...createHash('sha256').update(text).digest()]),
    }));
    const { program, url } = await openServer(databaseUrl, {
      OPENAI_API_KEY: 'sk-test-openai',
      OPENAI_BASE_URL: models.baseUrls.openai,
      QUESTION_SERVICE_CONFIG: configFile({
        deduplication: { embedder: 'openai/text-embedding-3-small', threshold: 1 },
      }),
    });
    await using _program = program;

    const response = await post(url, { count: 180, seed: 7, maxCostUsd: 1e-9 });
    const { runId } = (await response.json()) as { runId: string };
    const { state, summary } = await ended(url, runId);

    expect(response.status).toBe(202);
    expect(state).toBe('partial');
    expect(summary.failed.cost_ceiling).toBeGreaterThan(0);
    expect(summary.failed.cost_ceiling).toBe(180 - summary.generated);
    expect(summary.cost.usd).toBeGreaterThan(0);
  });

  test('is taken up by another worker where the first one stopped: none lost, none twice', async () => {
    const databaseUrl = (await testDatabase()).url('question_service');
    const database = createDatabase({ url: databaseUrl, applicationName: 'test' });
    onTestFinished(() => database.close());
    const questions = createQuestionsRepository(database);
    const runs = createPipelineRunsRepository(database);
    const first = await openServer(databaseUrl);
    await using _first = first.program;
    const count = 2_500;
    const body = (await (await post(first.url, { count, seed: 7 })).json()) as { runId: string };
    await eventually(async () => (await questions.countByRun(body.runId)) > 0, {
      timeoutMs: 15_000,
    });

    const stopped = await first.program.stop('SIGTERM', { timeoutMs: 25_000 });
    const second = await openServer(databaseUrl);
    await using _second = second.program;
    const successor = await eventually(() => runs.findSuccessor(body.runId), {
      timeoutMs: 20_000,
    });
    const { state, summary } = await ended(second.url, successor);

    const interrupted = await runs.find(body.runId);
    expect(stopped.code).toBe(143);
    expect(interrupted).toMatchObject({ state: 'interrupted' });
    expect(state).toBe('succeeded');
    expect(await runs.find(successor)).toMatchObject({ attempt: 2, previousRunId: body.runId });
    const inserted = (interrupted?.summary?.inserted ?? 0) + summary.inserted;
    const rows = (await questions.countByRun(body.runId)) + (await questions.countByRun(successor));
    expect(rows).toBe(inserted);
    expect(summary.duplicates.exact).toBeGreaterThanOrEqual(interrupted?.summary?.inserted ?? 1);
  }, 90_000);

  test('what the outbox holds is reported by the server once there is a backend', async () => {
    const databaseUrl = (await testDatabase()).url('question_service');
    await runCli(['generate', '--count', '18'], { DATABASE_URL: databaseUrl });
    const backend = await startBackend([]);

    const env = { BACKEND_URL: backend.url, BACKEND_ADMIN_TOKEN: 'secret' };
    await using _server = (await openServer(databaseUrl, env)).program;

    const [report] = await eventually(() => backend.received.length > 0 && backend.received);
    expect(report?.body).toMatchObject({ trigger: 'cli', state: 'succeeded', requested: 18 });
  });

  test('a taken port is told, and ends the server with 3', async () => {
    const databaseUrl = (await testDatabase()).url('question_service');
    const first = await openServer(databaseUrl);
    await using _first = first.program;

    const second = await startServer({
      DATABASE_URL: databaseUrl,
      QUESTION_SERVICE_PORT: new URL(first.url).port,
    });
    const result = await second.ended;

    expect(result.code).toBe(3);
    expect(result.stdout).toContain('is taken: set QUESTION_SERVICE_PORT');
  });
});
