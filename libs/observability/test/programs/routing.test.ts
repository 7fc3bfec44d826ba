import {
  type OtlpReceiver,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  all,
  isTo,
  mixed,
  otelExpected,
  otelGot,
  type Routing,
  sentryExpected,
  sentryGot,
  sentryItems,
  statesOf,
  withoutStates,
} from './routing-table.ts';
import { runSignals } from './run-signals.ts';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
});
beforeEach(() => {
  otlp.clear();
  sentry.clear();
});
afterAll(() => Promise.all([otlp.stop(), sentry.stop()]));

const run = (routing: Routing, env: Readonly<Record<string, string>> = {}) =>
  runSignals({ otlp, sentry }, routing, env);

describe('routing', () => {
  test.each([...mixed, all('both'), all('none')])(
    'errors $errors, metrics $metrics, traces $traces, logs $logs: all arrives where it should, nothing where it should not',
    async (routing) => {
      const told = await run(routing);

      expect(told.isSent).toBe(true);
      expect(otelGot(otlp)).toEqual(otelExpected(routing, told));
      const got = sentryGot(sentry);
      expect(withoutStates(got)).toEqual(sentryExpected(routing, told));
      const states = isTo('sentry', routing, 'metrics')
        ? [
            ['things.open', 'gauge', 'thing', 3],
            ['things.size', 'gauge', 'byte', 12],
            ['things.stored', 'gauge', 'thing', 7],
          ]
        : [];
      expect(statesOf(got).filter(([name]) => String(name).startsWith('things'))).toEqual(
        expect.arrayContaining(states),
      );
      expect(statesOf(got).length > 0).toBe(states.length > 0);
      expect(told.eventId !== undefined).toBe(isTo('sentry', routing, 'errors'));
      expect(told.metricsText.includes('things_made_total')).toBe(isTo('otel', routing, 'metrics'));
      expect(told.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    },
  );

  test('Sentry items carry names, labels, release and environment, and no secret', async () => {
    await run(all('sentry'), { SENTRY_RELEASE: 'aiq@7' });
    const common = { 'sentry.release': 'aiq@7', 'sentry.environment': 'development' };
    expect(sentryItems(sentry, 'trace_metric')).toContainEqual(
      expect.objectContaining({
        attributes: expect.objectContaining({ ...common, kind: 'round' }),
      }),
    );
    expect(sentryItems(sentry, 'log')).toMatchObject([
      { level: 'error' },
      { level: 'info', attributes: { ...common, 'event.name': 'signals.recorded', made: 7 } },
      { level: 'info', attributes: { ...common, made: 7, 'service.name': 'aiq-program' } },
    ]);
    expect(otlp.requests).toEqual([]);
  });
});

describe('a backend that is switched off', () => {
  test('OpenTelemetry: Sentry still gets errors, metrics and logs, with ids', async () => {
    const told = await run(all('both'), { OTEL_SDK_DISABLED: 'true' });
    const expected = sentryExpected(all('both'), told);
    expect(otlp.requests).toEqual([]);
    // Spans come from the pipeline that was switched off.
    expect(withoutStates(sentryGot(sentry))).toEqual({ ...expected, traces: [] });
  });

  test('Sentry: OpenTelemetry still gets everything', async () => {
    const told = await run(all('both'), { SENTRY_DSN: '' });
    expect(sentry.requests).toEqual([]);
    expect(sentry.otlpRequests).toEqual([]);
    expect(otelGot(otlp)).toEqual(otelExpected(all('both'), told));
  });

  test('both: the program does the same, and still has ids', async () => {
    const told = await run(all('both'), { OTEL_SDK_DISABLED: 'true', SENTRY_DSN: '' });
    expect([otlp.requests, sentry.requests, sentry.otlpRequests]).toEqual([[], [], []]);
    expect(told.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(told.health.status).toBe('off');
  });
});
