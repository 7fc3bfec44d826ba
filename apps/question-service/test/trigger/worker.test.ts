import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { eventually, startOtlpReceiver } from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { runCli } from '../support/run-cli.ts';
import { configFile, ended, openService, order } from '../support/services.ts';

async function openBank() {
  const url = (await testDatabase()).url('question_service');
  const database = createDatabase({ url, applicationName: 'test' });
  onTestFinished(() => database.close());
  return {
    env: { DATABASE_URL: url },
    runs: createPipelineRunsRepository(database),
    questions: createQuestionsRepository(database),
  };
}

describe('a worker', { timeout: 90_000 }, () => {
  test('carries out what another process took the order for, and request, job and run are one trace', async () => {
    const { env, runs, questions } = await openBank();
    await using receiver = await startOtlpReceiver();
    const telemetryOf = (instance: string) => ({
      OTEL_SDK_DISABLED: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${instance}`,
    });
    const [server, worker] = await Promise.all([
      openService(['serve', '--no-work'], { ...env, ...telemetryOf('server') }),
      openService(['worker'], { ...env, ...telemetryOf('worker') }),
    ]);

    const { runId, traceId } = await order(server.url, { count: 18, seed: 7 });
    const { summary } = await ended(runs, runId);
    await Promise.all([server.program.stop(), worker.program.stop()]);

    const trace = receiver.spans().filter((span) => span.traceId === traceId);
    const request = trace.find(({ name }) => name === 'POST /v1/runs');
    const run = trace.find(({ name }) => name === 'pipeline.run');
    expect(summary).toMatchObject({ state: 'succeeded', traceId });
    expect(await questions.countByRun(runId)).toBe(summary?.inserted);
    expect(run?.parentSpanId).toBe(request?.spanId);
    expect(request?.resource['service.instance.id']).toBe('server');
    expect(run?.resource['service.instance.id']).toBe('worker');
    expect(trace.map(({ name }) => name)).toContain('db.insert');
  });

  test('shows its health and its metrics, the inventory too, and takes no orders', async () => {
    const { env } = await openBank();
    const metered = { ...env, OTEL_SDK_DISABLED: '', OTEL_EXPORTER: 'none' };
    const { program, url } = await openService(['worker'], metered);

    const ready = await fetch(`${url}/health/ready`);
    const text = await (await fetch(`${url}/metrics`)).text();
    const runs = await fetch(`${url}/v1/runs`, { method: 'POST' });
    const stopped = await program.stop();

    expect(ready.status).toBe(200);
    expect(text.match(/^inventory_questions\{/gm)).toHaveLength(18);
    expect(runs.status).toBe(404);
    expect(stopped.code).toBe(143);
  });

  test('ends with 3 where its port is taken, and says so in its log and on standard error', async () => {
    const { env } = await openBank();
    const first = await openService(['worker'], env);

    const second = await runCli(['worker'], { ...env, WORKER_PORT: new URL(first.url).port });

    expect(second.code).toBe(3);
    expect(second.stderr).toMatch(/^error: .*is taken: set .*WORKER_PORT/m);
    expect(second.stdout).toContain('is taken');
  });
});

describe('a schedule', { timeout: 90_000 }, () => {
  test('plans one run at each of its times, however many replicas keep it', async () => {
    const { env, runs } = await openBank();
    const startedMs = Date.now();
    const scheduled = {
      ...env,
      SCHEDULE_ENABLED: 'true',
      SCHEDULE_CRON: '* * * * *',
      QUESTION_SERVICE_CONFIG: configFile({
        schedule: { count: 18 },
        queue: { scheduleCheckSeconds: 1, pollSeconds: 0.5 },
      }),
    };

    const workers = await Promise.all([
      openService(['worker'], scheduled),
      openService(['worker'], scheduled),
    ]);
    const [first] = await eventually(
      async () => {
        const planned = await runs.list(10);
        return planned.length > 0 && planned;
      },
      { timeoutMs: 30_000, message: 'the schedule to fire' },
    );
    const run = await ended(runs, `${first?.runId}`);
    await Promise.all(workers.map(({ program }) => program.stop()));

    // The time that had come last when they started, and one more for each minute since.
    const minutes = Math.floor(Date.now() / 60_000) - Math.floor(startedMs / 60_000) + 1;
    const planned = await runs.list(10);
    expect(planned.length).toBeLessThanOrEqual(minutes);
    expect(planned.every(({ trigger }) => trigger === 'schedule')).toBe(true);
    expect(run.summary).toMatchObject({ requested: 18, trigger: 'schedule', state: 'succeeded' });
  });
});
