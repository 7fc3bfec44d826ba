import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type OtlpReceiver,
  type ProgramResult,
  runProgram,
  type SentryReceiver,
  startOtlpReceiver,
  startProgram,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let hanging: Server;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
  hanging = createServer(() => {});
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  otlp.clear();
  sentry.clear();
});
afterAll(async () => {
  hanging.closeAllConnections();
  hanging.close();
  await Promise.all([otlp.stop(), sentry.stop()]);
});

const environment = (extra: Record<string, string | undefined>) => ({
  ...compileCache,
  OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
  SENTRY_DSN: sentry.dsn,
  ...extra,
});

function runJob(mode: string, env: Record<string, string | undefined> = {}) {
  return runProgram('node', programArguments('job', mode), {
    timeoutMs: 50_000,
    env: environment(env),
  });
}

function ids(result: ProgramResult): { traceId: string; spanId: string; eventId?: string } {
  return JSON.parse(/^ids (.*)$/m.exec(result.stdout)?.[1] ?? '{}');
}

describe('a program that ends', () => {
  test('by returning sends everything it made and exits 0', async () => {
    const result = await runJob('return');
    const { traceId, spanId, eventId } = ids(result);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(otlp.metricValue('things.made', { kind: 'round' })).toBe(48);
    expect(otlp.metricValue('things.made', { kind: 'square' })).toBe(0);
    expect(otlp.metricValue('things.quality')).toBe(48);
    expect(otlp.metricValue('things.stored')).toBe(7);
    expect(otlp.spans()).toMatchObject([
      { name: 'job.run', traceId, spanId, attributes: { 'sentry.event_id': eventId } },
    ]);
    expect(otlp.logs()).toContainEqual(
      expect.objectContaining({ eventName: 'job.finished', traceId, spanId }),
    );
    expect(otlp.spans()[0]?.resource).toMatchObject({
      'service.name': 'aiq-program',
      'deployment.environment.name': 'development',
      'service.instance.id': expect.stringMatching(/./),
    });
  });

  test.each([{ OTEL_TRACES_SAMPLER_ARG: '0' }, { OBSERVABILITY_TRACES: 'none' }])(
    'unsampled (%o) has the ids, tags and context of its span on the Sentry event, no link and no secret',
    async (unsampled) => {
      const traceUrl = { OBSERVABILITY_TRACE_URL: 'https://traces.example/{traceId}' };
      const result = await runJob('return', { ...traceUrl, ...unsampled });
      const { traceId, spanId, eventId } = ids(result);
      const [event, ...others] = sentry.events();
      expect(others).toEqual([]);
      expect(otlp.spans()).toEqual([]);
      expect(event).toMatchObject({
        event_id: eventId,
        environment: 'development',
        tags: { mode: 'return', service: 'aiq-program' },
        contexts: {
          trace: { trace_id: traceId, span_id: spanId },
          job: { seed: 7 },
          details: { operation: 'make' },
        },
      });
      expect(event).not.toHaveProperty('contexts.links');
      const text = JSON.stringify(sentry.items());
      for (const secret of ['hunter2', 'a@b.example']) expect(text).not.toContain(secret);
    },
  );

  test('by returning 1 exits 1 with its last values sent', async () => {
    expect(await runJob('one')).toMatchObject({ code: 1 });
    expect(otlp.metricValue('things.made')).toBe(48);
  });

  test.each([
    ['throw', 'thrown by main'],
    ['uncaught', 'thrown by a timer'],
    ['reject', 'rejected by nobody'],
  ])('by %s exits 1, with the error reported and its last values sent', async (mode, message) => {
    expect(await runJob(mode)).toMatchObject({ code: 1 });
    expect(JSON.stringify(sentry.events())).toContain(message);
    expect(otlp.metricValue('things.made')).toBe(48);
  });

  test('by SIGTERM exits 143 with what it still counted', async () => {
    const options = { env: environment({}) };
    await using program = await startProgram('node', programArguments('job', 'wait'), options);
    await program.waitForLine(/^ids /, { timeoutMs: 40_000 });
    expect(await program.stop('SIGTERM')).toMatchObject({ code: 143 });
    expect(otlp.metricValue('things.made', { kind: 'square' })).toBe(2);
  });

  test('by a second signal exits at once', async () => {
    const options = { env: environment({}) };
    await using program = await startProgram('node', programArguments('job', 'stuck'), options);
    await program.waitForLine(/^ids /, { timeoutMs: 40_000 });
    process.kill(program.pid, 'SIGINT');
    await program.waitForLine(/^stopping$/);
    const askedAgainMs = performance.now();

    const result = await program.stop('SIGINT');

    expect(result).toMatchObject({ code: 130, signal: null });
    expect(performance.now() - askedAgainMs).toBeLessThan(2_000);
    expect(result.stderr).toMatch(
      /^telemetry: not sent, stopped at once by a second signal, SIGINT: .*traces\.otel 0 failed, 0 dropped, 1 unsent/,
    );
  });

  test('though its main does not obey the signal exits in bounded time, with what it counted', async () => {
    const options = { env: environment({}) };
    await using program = await startProgram('node', programArguments('job', 'late'), options);
    await program.waitForLine(/^ids /, { timeoutMs: 40_000 });

    const result = await program.stop('SIGTERM');

    expect(result).toMatchObject({ code: 143, signal: null });
    expect(result.stderr).toBe('did not stop within 300 ms of SIGTERM\n');
    expect(otlp.metricValue('things.made')).toBe(48);
  });

  test('by process.exit() within main keeps the code, and tells what goes down with it', async () => {
    const result = await runJob('exit');
    expect(result.code).toBe(5);
    expect(result.stderr).toMatch(/^telemetry: not sent, process.exit\(\) before main was done: /);
    for (const lost of [
      'traces.otel 0 failed, 0 dropped, 1 unsent',
      'logs.otel 0 failed, 0 dropped, 3 unsent',
      'metrics.otel 0 failed, 0 dropped, the last values unsent',
    ]) {
      expect(result.stderr).toContain(lost);
    }
    expect(otlp.spans()).toEqual([]);
  });

  test('with nothing left to wait for exits as Node would, and says so', async () => {
    const result = await runJob('never');
    expect(result).toMatchObject({ code: 13, stderr: expect.stringContaining('main is not done') });
    expect(otlp.metricValue('things.made')).toBe(48);
  });
});

describe('OTLP', () => {
  test.each(['http/json', 'grpc'])('over %s carries the same', async (protocol) => {
    const result = await runJob('return', {
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? otlp.grpcUrl : otlp.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-scope=seven',
      SENTRY_DSN: '',
    });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(otlp.metricValue('things.made')).toBe(48);
    expect(otlp.spans()).toHaveLength(1);
    expect(otlp.logs().length).toBeGreaterThan(0);
    expect(otlp.requests.map(({ headers }) => headers['x-scope'])).toContain('seven');
  });
});

describe('a program whose destinations are away', () => {
  test('ends within the deadline, keeps its exit code and says what was lost', async () => {
    const endpoint = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const result = await runJob('one', {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      SENTRY_DSN: endpoint.replace('//', '//key@').concat('/1'),
    });
    expect(result).toMatchObject({ code: 1 });
    expect(result.stderr).toMatch(/^telemetry: not all could be sent within 3000 ms: .+\n$/);
    for (const lost of [
      'traces.otel 1 failed, 0 dropped (no answer before the end)',
      'logs.otel 3 failed, 0 dropped (no answer before the end)',
      'errors.sentry 1 failed, 0 dropped (no answer before the end)',
      'metrics.otel 0 failed, 0 dropped, the last values unsent',
    ]) {
      expect(result.stderr).toContain(lost);
    }
    // The deadline of 3 s, and a start that takes its time on a busy machine.
    expect(result.durationMs).toBeLessThan(15_000);
  });

  test('ends within the deadline after SIGTERM too, with its code', async () => {
    const endpoint = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    const options = { env: environment({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }) };
    await using program = await startProgram('node', programArguments('job', 'wait'), options);
    await program.waitForLine(/^ids /, { timeoutMs: 40_000 });
    const askedMs = performance.now();

    const result = await program.stop('SIGTERM');

    expect(result).toMatchObject({ code: 143, signal: null });
    expect(performance.now() - askedMs).toBeLessThan(5_000);
    expect(result.stderr).toContain('not all could be sent within 3000 ms: traces.otel');
    expect(sentry.events()).toHaveLength(1);
  });

  test('that are switched off does the same work, with ids', async () => {
    const result = await runJob('one', { OTEL_SDK_DISABLED: 'true', SENTRY_DSN: '' });
    expect(result).toMatchObject({ code: 1, stderr: '' });
    expect(ids(result).traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(otlp.requests).toEqual([]);
    expect(sentry.requests).toEqual([]);
  });

  test('without a DSN sends all but errors', async () => {
    expect(await runJob('return', { SENTRY_DSN: undefined })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(otlp.spans()).toHaveLength(1);
  });
});

describe('a configuration that is wrong', () => {
  const wrong = { SENTRY_DSN: 'not a dsn', OTEL_EXPORTER_OTLP_PROTOCOL: 'smoke' };

  test('stops the start in development, with all its errors', async () => {
    const result = await runJob('return', wrong);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/SENTRY_DSN/);
    expect(result.stderr).toMatch(/OTEL_EXPORTER_OTLP_PROTOCOL/);
  });

  test('switches telemetry off in production, loudly', async () => {
    const result = await runJob('return', { ...wrong, ENV: 'production' });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^TELEMETRY IS OFF/);
    expect(ids(result).traceId).toMatch(/^[0-9a-f]{32}$/);
  });
});
