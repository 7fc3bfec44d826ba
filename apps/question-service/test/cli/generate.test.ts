import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { eventually, startOtlpReceiver } from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Inventory } from '../../src/inventory/inventory.ts';
import { createInventoryRepository } from '../../src/inventory/inventory-repository.ts';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { startBackend } from '../support/backend.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { configFile } from '../support/services.ts';

async function openBank() {
  const url = (await testDatabase()).url('question_service');
  const database = createDatabase({ url, applicationName: 'test' });
  onTestFinished(() => database.close());
  return {
    env: { DATABASE_URL: url },
    questions: createQuestionsRepository(database),
    inventory: createInventoryRepository(database),
    runs: createPipelineRunsRepository(database),
  };
}

const parse = (stdout: string) => JSON.parse(stdout) as RunSummary;

describe('generate', { timeout: 60_000 }, () => {
  test('prints one RunSummary on standard output with --json, and nothing else there', async () => {
    const { env, questions } = await openBank();

    const result = await runCli(['generate', '--count', '36', '--seed', '7', '--json'], env);

    const summary = parse(result.stdout);
    expect(result.code).toBe(0);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    expect(summary).toMatchObject({ state: 'succeeded', seed: 7, requested: 36, trigger: 'cli' });
    expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
  });

  test('stores nothing the second time with the same seed, and says why', async () => {
    const { env } = await openBank();
    const args = ['generate', '--count', '36', '--seed', '7'];
    await runCli(args, env);

    const second = await runCli(args, env);

    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/stored\s+0/);
    expect(second.stdout).toContain(
      'Nothing was stored: all 36 approved questions are in the bank',
    );
  });

  test('draws a seed, and tells it, where none is given', async () => {
    const { env } = await openBank();

    const first = await runCli(['generate', '--count', '18', '--json'], env);
    const second = await runCli(['generate', '--count', '18', '--json'], env);

    expect(parse(first.stdout).seed).not.toBe(parse(second.stdout).seed);
    expect(first.stderr).toContain(`seed ${parse(first.stdout).seed}`);
  });

  test('shows plain lines without a terminal, and none with --quiet', async () => {
    const { env } = await openBank();

    const plain = await runCli(['generate', '--count', '18', '--seed', '1'], env);
    const quiet = await runCli(['generate', '--count', '18', '--seed', '2', '--quiet'], env);

    expect(plain.stderr).toContain('18 of 18 questions done');
    expect(quiet.stderr).toBe('');
  });

  test('ends with 1, in part, where its time is up before its end', async () => {
    const { env, questions } = await openBank();
    const settings = {
      run: { deadlineSeconds: 1.5 },
      generation: { batchSize: 5, concurrency: 1 },
    };

    const result = await runCli(['generate', '--count', '20000', '--json'], {
      ...env,
      QUESTION_SERVICE_CONFIG: configFile(settings),
    });

    const summary = parse(result.stdout);
    expect(result.code).toBe(1);
    expect(summary.state).toBe('partial');
    expect(summary.failed.not_attempted).toBeGreaterThan(0);
    expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
  });

  test('shares out by what strata lack with --auto-balance, and inventory shows what came of it', async () => {
    const { env } = await openBank();
    await runCli(['generate', '--count', '60', '--types', 'math', '--quiet'], env);

    const run = await runCli(['generate', '--auto-balance', '--target', '10', '--json'], env);
    const shown = await runCli(['inventory', '--target', '10', '--json'], env);

    const { byType } = parse(run.stdout);
    const inventory = JSON.parse(shown.stdout) as Inventory;
    expect([run.code, shown.code]).toEqual([0, 0]);
    expect(byType['math']?.requested ?? 0).toBeLessThan(10);
    expect(byType['logic']?.requested).toBe(30);
    expect(inventory.deficit).toBeLessThan(20);
    expect(inventory.strata.every(({ active }) => active > 0)).toBe(true);
  });

  test('fills every stratum with --fill', async () => {
    const { env, inventory } = await openBank();

    const result = await runCli(['generate', '--fill', '5', '--json'], env);

    const stock = await inventory.read();
    expect(result.code).toBe(0);
    expect(stock.map(({ active }) => active)).toEqual(Array(18).fill(5));
  });

  test('leaves in the outbox what the backend did not take, and ends with 0', async () => {
    const { env, runs } = await openBank();
    const backend = { BACKEND_URL: 'http://127.0.0.1:1', BACKEND_ADMIN_TOKEN: 'token' };

    const result = await runCli(['generate', '--count', '18'], { ...env, ...backend });

    expect(result.code).toBe(0);
    expect(result.stderr).toContain('stays in the outbox');
    expect(await runs.listUnreported(10)).toHaveLength(1);
  });

  test('reports its run to the backend, all in the trace that its environment names', async () => {
    const { env, runs } = await openBank();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await using receiver = await startOtlpReceiver();
    const backend = await startBackend([]);

    const result = await runCli(['generate', '--count', '18', '--json'], {
      ...env,
      OTEL_SDK_DISABLED: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      BACKEND_URL: backend.url,
      BACKEND_ADMIN_TOKEN: 'secret',
      TRACEPARENT: `00-${traceId}-b7ad6b7169203331-01`,
    });

    const summary = parse(result.stdout);
    const root = receiver.spans().find((span) => span.name === 'pipeline.run');
    expect(summary.traceId).toBe(traceId);
    expect(root).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' });
    expect(backend.received.map(({ body }) => body)).toEqual([summary]);
    expect(backend.received[0]?.traceparent).toContain(traceId);
    expect(await runs.listUnreported(10)).toEqual([]);
  });

  test('sends metrics whose last values equal the summary and the rows', async () => {
    const { env, questions } = await openBank();
    await using receiver = await startOtlpReceiver();
    const telemetry = { OTEL_SDK_DISABLED: '', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };

    const args = ['generate', '--count', '90', '--seed', '7', '--json'];
    const result = await runCli(args, { ...env, ...telemetry });

    const summary = parse(result.stdout);
    const value = (name: string) => receiver.metricValue(name);
    expect({
      requested: value('questions.requested'),
      generated: value('questions.generated'),
      approved: value('questions.approved'),
      inserted: value('questions.inserted'),
    }).toEqual({
      requested: summary.requested,
      generated: summary.generated,
      approved: summary.approved,
      inserted: summary.inserted,
    });
    expect(value('pipeline.runs')).toBe(1);
    expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
    const root = receiver.spans().find((span) => span.name === 'pipeline.run');
    expect(root?.traceId).toBe(summary.traceId);
    const insert = receiver.spans().find((span) => span.name === 'db.insert');
    expect(receiver.spans().some((span) => span.parentSpanId === insert?.spanId)).toBe(true);
  });

  test.for([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    'finishes the batches in hand at %s, stores, sums up, and ends with %i',
    async ([signal, code]) => {
      const { env, questions, runs } = await openBank();
      await using cli = await startCli(['generate', '--count', '20000', '--json'], env);
      await cli.waitForLine(/[1-9]\d* stored/, { timeoutMs: 30_000 });

      const result = await cli.stop(signal);

      const summary = parse(result.stdout);
      expect(result.code).toBe(code);
      expect(summary.state).toBe('interrupted');
      expect(summary.failed.not_attempted).toBeGreaterThan(0);
      expect(summary.inserted).toBeGreaterThan(0);
      expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
      expect(await runs.find(summary.runId)).toMatchObject({ state: 'interrupted', summary });
    },
  );

  test('killed, it leaves whole batches, and its run is marked interrupted once the lease expired', async () => {
    const { env, questions, runs } = await openBank();
    await using cli = await startCli(['generate', '--count', '20000'], env);
    const [, runId = ''] = await cli.waitForLine(/Run (\S+), seed/);
    await cli.waitForLine(/[1-9]\d* stored/, { timeoutMs: 30_000 });

    await cli.stop('SIGKILL');

    expect(await runs.find(runId)).toMatchObject({ state: 'running', summary: null });
    expect(await runs.interruptExpired()).toEqual([]);
    expect(await questions.countByRun(runId)).toBeGreaterThan(0);
    await runs.renewLease(runId, 0);
    await eventually(async () =>
      (await runs.interruptExpired()).some((summary) => summary.runId === runId),
    );
    expect(await runs.find(runId)).toMatchObject({ state: 'interrupted' });
  });
});
