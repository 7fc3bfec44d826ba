import { describe, expect, test } from 'vitest';
import { createRunReporter } from '../../src/report/run-reporter.ts';
import { startBackend } from '../support/backend.ts';
import { config, countRequest, createHarness, type Harness } from '../support/harness.ts';

const reporterFor = (harness: Harness, url: string, adminToken: string | undefined = 'secret') =>
  createRunReporter({
    backend: { url, adminToken },
    attemptsMax: 3,
    timeoutSeconds: 2,
    baseDelayMs: 1,
    runs: harness.runs,
    telemetry: harness.telemetry,
    random: () => 0.5,
    stop: new AbortController().signal,
  });

const isReported = async ({ runs }: Harness, runId: string) =>
  (await runs.find(runId))?.reportedAt instanceof Date;

describe('report', () => {
  test('puts the summary under its run id, with the admin token, and remembers it', async () => {
    const harness = await createHarness();
    const backend = await startBackend([201]);
    const summary = await harness.run(countRequest(18));

    const outcome = await reporterFor(harness, backend.url).report(summary);

    expect(outcome).toBe('accepted');
    expect(backend.received).toMatchObject([
      {
        method: 'PUT',
        path: `/v1/admin/generation-runs/${summary.runId}`,
        authorization: 'Bearer secret',
        body: summary,
      },
    ]);
    expect(await isReported(harness, summary.runId)).toBe(true);
  });

  test.for([[503], [429], [0], [500]])('tries again after %i', async ([status = 503]) => {
    const harness = await createHarness();
    const backend = await startBackend([status]);
    const summary = await harness.run(countRequest(18));

    const outcome = await reporterFor(harness, backend.url).report(summary);

    expect(outcome).toBe('accepted');
    expect(backend.received.map(({ body }) => body)).toEqual([summary, summary]);
    expect(harness.memory).toHaveRecordedMetric('pipeline.reports', {
      value: 1,
      labels: { outcome: 'accepted' },
    });
  });

  test.for([[401], [400], [422]])('does not insist after %i', async ([status = 400]) => {
    const harness = await createHarness();
    const backend = await startBackend([status]);
    const summary = await harness.run(countRequest(18));

    const outcome = await reporterFor(harness, backend.url).report(summary);

    expect(outcome).toBe('refused');
    expect(backend.received).toHaveLength(1);
    expect(await isReported(harness, summary.runId)).toBe(false);
  });

  test('gives up after a few attempts and leaves the run in the outbox', async () => {
    const harness = await createHarness();
    const backend = await startBackend([503, 503, 503]);
    const summary = await harness.run(countRequest(18));

    const outcome = await reporterFor(harness, backend.url).report(summary);

    expect(outcome).toBe('unreachable');
    expect(backend.received).toHaveLength(3);
    expect(await harness.runs.listUnreported(10)).toEqual([summary]);
  });

  test('asks nobody without a token', async () => {
    const harness = await createHarness();
    const summary = await harness.run(countRequest(18));
    const reporter = createRunReporter({
      ...config.report,
      backend: { url: 'http://127.0.0.1:1' },
      runs: harness.runs,
      telemetry: harness.telemetry,
      random: Math.random,
      stop: new AbortController().signal,
    });

    expect(await reporter.report(summary)).toBe('not_configured');
    expect(await reporter.reportOutstanding()).toBe(0);
    expect(await harness.runs.listUnreported(10)).toHaveLength(1);
  });
});

describe('reportOutstanding', () => {
  test('reports what is in the outbox, once', async () => {
    const harness = await createHarness();
    const backend = await startBackend([]);
    const first = await harness.run(countRequest(18));
    const second = await harness.run(countRequest(18), { seed: 8 });
    const reporter = reporterFor(harness, backend.url);

    expect(await reporter.reportOutstanding()).toBe(2);
    expect(await reporter.reportOutstanding()).toBe(0);
    expect(backend.received.map(({ body }) => body.runId)).toEqual([first.runId, second.runId]);
  });

  test('goes on behind a report that the backend refuses', async () => {
    const harness = await createHarness();
    const backend = await startBackend([422]);
    await harness.run(countRequest(18));
    await harness.run(countRequest(18), { seed: 8 });

    expect(await reporterFor(harness, backend.url).reportOutstanding()).toBe(1);
    expect(backend.received).toHaveLength(2);
  });

  test('stops at once when the backend is away', async () => {
    const harness = await createHarness();
    await harness.run(countRequest(18));
    await harness.run(countRequest(18), { seed: 8 });
    const backend = await startBackend([503, 503, 503, 503, 503, 503]);

    expect(await reporterFor(harness, backend.url).reportOutstanding()).toBe(0);
    expect(backend.received).toHaveLength(3);
  });
});
