import {
  type OtlpReceiver,
  runProgram,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';
import {
  all,
  otelExpected,
  otelGot,
  type Routing,
  sentryExpected,
  sentryGot,
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

describe('exporters', () => {
  test.each([
    ['http/protobuf', 'application/x-protobuf', 'http'],
    ['http/json', 'application/json', 'http'],
    ['grpc', 'application/grpc', 'grpc'],
  ])('otlp over %s carries every signal', async (protocol, contentType, transport) => {
    const endpoint = transport === 'grpc' ? otlp.grpcUrl : otlp.url;
    const told = await run(all('otel'), {
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    });
    expect(otelGot(otlp)).toEqual(otelExpected(all('otel'), told));
    expect(new Set(otlp.requests.map((request) => request.transport))).toEqual(
      new Set([transport]),
    );
    for (const request of otlp.requests) expect(request.contentType).toContain(contentType);
    expect(new Set(otlp.requests.map(({ path }) => path)).size).toBe(3);
    expect(sentry.requests).toEqual([]);
  });

  test('console writes every signal to standard output and sends nothing', async () => {
    const result = await runProgram('node', programArguments('signals'), {
      env: { ...compileCache, OTEL_EXPORTER: 'console', OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url },
    });
    expect(result.code).toBe(0);
    for (const shown of ["name: 'signals.made'", "name: 'things.made'", "eventName: 'signals."]) {
      expect(result.stdout).toContain(shown);
    }
    expect(otlp.requests).toEqual([]);
  });

  test('none sends nothing by OpenTelemetry, and is still scraped', async () => {
    const told = await run(all('both'), { OTEL_EXPORTER: 'none' });
    expect(otlp.requests).toEqual([]);
    expect(told.metricsText).toContain('things_made_total{kind="round"} 7');
    expect(withoutStates(sentryGot(sentry))).toEqual(sentryExpected(all('both'), told));
  });
});
