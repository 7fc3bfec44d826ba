import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  eventually,
  type OtlpReceiver,
  type ReceivedSpan,
  type SentryReceiver,
  startOtlpReceiver,
  startProgram,
  startSentryReceiver,
} from '@aiq/testing';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';

const ratios = { otel: 0.6, sentry: 0.3 };
const serviceKey = 'shown by one service to another';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
});
afterAll(() => Promise.all([otlp.stop(), sentry.stop()]));

async function startService(name: string, env: Readonly<Record<string, string>> = {}) {
  const program = await startProgram('node', programArguments('server'), {
    env: {
      ...compileCache,
      OTEL_SERVICE_NAME: name,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: sentry.dsn,
      OBSERVABILITY_TRACES: 'both',
      OTEL_TRACES_SAMPLER_ARG: String(ratios.otel),
      SENTRY_TRACES_SAMPLE_RATE: String(ratios.sentry),
      OBSERVABILITY_SERVICE_KEY: serviceKey,
      ...env,
    },
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 30_000 });
  return {
    url,
    host: new URL(url).host,
    stop: () => program.stop('SIGTERM', { timeoutMs: 30_000 }),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

const traceIdOf = (seed: string): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, 32);

function isChosen(traceId: string, ratio: number): boolean {
  const sampler = new TraceIdRatioBasedSampler(ratio);
  return (
    sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED
  );
}

const chosen = (ids: readonly string[], ratio: number) =>
  ids.filter((id) => isChosen(id, ratio)).sort();

/** Ids of the traces that arrived, each of which must be whole: through both services. */
function wholeTraces(spans: readonly ReceivedSpan[]): string[] {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  for (const trace of traces.values()) {
    expect(trace.map(({ service, kind }) => `${service} ${kind}`).sort()).toEqual([
      'backend server',
      'edge client',
      'edge server',
    ]);
  }
  return [...traces.keys()].sort();
}

test('each destination gets its share of whole traces, whatever a caller flags, unless it shows the key', async () => {
  await using backend = await startService('backend');
  await using edge = await startService('edge', { OBSERVABILITY_INTERNAL_HOSTS: backend.host });
  const call = async (seed: string, flag: '00' | '01', how: string, key?: string) => {
    const traceId = traceIdOf(seed);
    const headers = {
      traceparent: `00-${traceId}-${'b'.repeat(16)}-${flag}`,
      ...(key === undefined ? {} : { 'x-aiq-service-key': key }),
    };
    const reply = await fetch(`${edge.url}/v1/${how}?to=${backend.url}/v1/things/1`, { headers });
    expect(reply.status).toBe(200);
    return traceId;
  };

  const ids: string[] = [];
  for (let at = 0; at < 60; at += 1) {
    ids.push(await call(`public ${at}`, at % 2 === 0 ? '01' : '00', 'by-fetch'));
  }
  const seeds = Array.from({ length: 40 }, (_, at) => `told ${at}`);
  const unsampled = seeds.filter((seed) => !isChosen(traceIdOf(seed), ratios.otel));
  const sampled = seeds.filter((seed) => isChosen(traceIdOf(seed), ratios.otel));
  const up = [
    await call(unsampled[0] ?? '', '01', 'by-fetch', serviceKey),
    await call(unsampled[1] ?? '', '01', 'by-request', serviceKey),
  ];
  const wrong = await call(unsampled[2] ?? '', '01', 'by-fetch', 'not the key of the service');
  const down = await call(sampled[0] ?? '', '00', 'by-request', serviceKey);
  await Promise.all([edge.stop(), backend.stop()]);

  const atOtel = wholeTraces(otlp.spans());
  const atSentry = wholeTraces(sentry.spans());
  expect(atOtel).toEqual([...chosen(ids, ratios.otel), ...up].sort());
  expect(atSentry).toEqual(chosen(ids, ratios.sentry));
  expect(atOtel).not.toContain(wrong);
  expect(atOtel).not.toContain(down);
  // Shares as they were asked for, and the smaller one a part of the larger.
  expect(chosen(ids, ratios.otel).length).toBeGreaterThan(25);
  expect(atSentry.length).toBeGreaterThan(8);
  expect(atSentry.filter((id) => !atOtel.includes(id))).toEqual([]);
});

test('a tail buffer keeps the failed requests that sampling dropped, marked partial', async () => {
  otlp.clear();
  await using edge = await startService('edge', {
    OTEL_TRACES_SAMPLER_ARG: '0',
    SENTRY_TRACES_SAMPLE_RATE: '0',
    OBSERVABILITY_TAIL: 'true',
  });
  for (const path of ['things/1', 'broken', 'things/2']) await fetch(`${edge.url}/v1/${path}`);
  await edge.stop();

  expect(otlp.spans()).toMatchObject([
    { name: 'GET /v1/broken', status: 'error', attributes: { 'sampling.partial': true } },
  ]);
  expect(otlp.metricValue('http.server.request.duration')).toBe(3);
});

test('the service key goes to the hosts that are named, and to no other', async () => {
  const seen: unknown[] = [];
  const stranger = createServer((request, response) => {
    seen.push(request.headers['x-aiq-service-key']);
    response.end();
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const to = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  try {
    await using edge = await startService('edge', { OBSERVABILITY_INTERNAL_HOSTS: '127.0.0.1' });
    for (const how of ['by-fetch', 'by-request']) await fetch(`${edge.url}/v1/${how}?to=${to}`);
    await eventually(() => seen.length === 2);
    expect(seen).toEqual([undefined, undefined]);
    await edge.stop();
  } finally {
    stranger.closeAllConnections();
    stranger.close();
  }
});
