import { setTimeout as sleep } from 'node:timers/promises';
import { context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import Fastify from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { counter, gauge, histogram, upDownCounter } from '../../src/catalogue/define-metrics.ts';
import { observabilityPlugin } from '../../src/integrations/fastify/index.ts';
import { createMetricStore, toMetricSpecs } from '../../src/metrics/metric-store.ts';
import { createRefusals } from '../../src/policy/refusals.ts';
import { createTestObservability } from '../../src/testing/index.ts';

const definitions = {
  made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['round', 'square'] } }),
  open: upDownCounter({ unit: '{thing}', description: 'Open.' }),
  level: gauge({ unit: '1', description: 'Level.' }),
  wait: histogram({ unit: 's', description: 'Wait.', buckets: [1, 5] }),
};
const openMetrics = 'application/openmetrics-text';
const telemetry = createTestObservability({ service: 'test', metrics: definitions });
const { observability } = telemetry;

beforeEach(() => telemetry.reset());

const store = createMetricStore({
  metrics: toMetricSpecs(definitions),
  refusals: createRefusals({ warn: () => {}, nowMs: () => 0 }),
  nowMs: () => 1_700_000_000_123,
});
beforeEach(() => store.clear());

const kept = (name: string) =>
  store
    .peek()
    .find(({ spec }) => spec.name === name)
    ?.series.map(({ exemplars }) => [...exemplars]);

const sampled: SpanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
function inSpan(span: Partial<SpanContext>, work: () => void): void {
  context.with(trace.setSpanContext(ROOT_CONTEXT, { ...sampled, ...span }), work);
}
const exemplar = (value: number, ids: Partial<SpanContext> = {}) => ({
  value,
  timeMs: 1_700_000_000_123,
  traceId: ids.traceId ?? sampled.traceId,
  spanId: ids.spanId ?? sampled.spanId,
});

describe('a measurement in a sampled span', () => {
  test('is kept with its ids and time: the newest of each bucket', () => {
    const later = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) };
    inSpan({}, () => {
      for (const value of [0.5, 2, 9]) store.record('wait', value, {});
    });
    inSpan(later, () => store.record('wait', 5, {}));

    expect(kept('wait')).toEqual([[exemplar(0.5), exemplar(5, later), exemplar(9)]]);
  });

  test('stays with its own bucket, whichever comes first', () => {
    inSpan({}, () => {
      store.record('wait', 9, {});
      store.record('wait', 0.5, {});
      store.record('wait', 9.5, {});
    });
    expect(kept('wait')).toEqual([[exemplar(0.5), undefined, exemplar(9.5)]]);
  });

  test('is kept for each series of a counter, the newest alone', () => {
    inSpan({}, () => {
      store.record('made', 1, { kind: 'round' });
      store.record('made', 3, { kind: 'round' });
      store.record('made', 2, { kind: 'square' });
    });
    expect(kept('made')).toEqual([[exemplar(3)], [exemplar(2)]]);
  });

  test('is kept for no gauge and no up-down counter: their samples have no place for it', () => {
    inSpan({}, () => {
      store.record('open', 1, {});
      store.record('level', 1, {});
    });
    expect([kept('open'), kept('level')]).toEqual([[[]], [[]]]);
  });

  test('is a copy in what a reader gets', () => {
    inSpan({}, () => store.record('made', 1, { kind: 'round' }));
    const read = kept('made');
    inSpan({}, () => store.record('made', 7, { kind: 'round' }));
    expect(read).toEqual([[exemplar(1)]]);
  });

  test('costs a bounded number of exemplars, however many there are', () => {
    for (let index = 0; index < 10_000; index += 1) {
      inSpan({}, () => store.record('wait', index % 20, {}));
    }
    expect(kept('wait')?.[0]).toHaveLength(3);
  });
});

test.each([
  ['no span', undefined],
  ['a span that is not sampled', { traceFlags: 0 }],
  ['a span of another process, whose sampled flag is its own claim', { isRemote: true }],
])('a measurement in %s leaves no exemplar', (_of, span) => {
  const record = (): void => {
    store.record('made', 1, { kind: 'round' });
    store.record('wait', 1, {});
  };
  if (span === undefined) record();
  else inSpan(span, record);
  expect([kept('made'), kept('wait')]).toEqual([[[]], [[]]]);
});

describe('the text of a scrape', () => {
  test('shows exemplars behind buckets and totals in OpenMetrics', async () => {
    const ids = observability.startSpan('work', () => {
      observability.recordMetric('made', 2, { kind: 'round' });
      observability.recordMetric('wait', 2.5);
      observability.recordMetric('wait', 60);
      return observability.activeTrace();
    });
    const { body } = await observability.metricsText(openMetrics);
    const labels = `{trace_id="${ids?.traceId}",span_id="${ids?.spanId}"}`;
    const shown = (line: RegExp) =>
      body
        .split('\n')
        .filter((each) => line.test(each))
        .map((each) => each.replace(/ \d{10}\.\d{3}$/, ' <time>'));

    expect(shown(/^wait/)).toEqual([
      'wait_seconds_bucket{le="1.0"} 0',
      `wait_seconds_bucket{le="5.0"} 1 # ${labels} 2.5 <time>`,
      `wait_seconds_bucket{le="+Inf"} 2 # ${labels} 60 <time>`,
      'wait_seconds_sum 62.5',
      'wait_seconds_count 2',
    ]);
    expect(shown(/^made/)).toEqual([`made_total{kind="round"} 2 # ${labels} 2 <time>`]);
  });

  test('shows none in Prometheus 0.0.4, which could not be read with them', async () => {
    observability.startSpan('work', () => {
      observability.recordMetric('made', 2, { kind: 'round' });
      observability.recordMetric('wait', 2.5);
    });
    const { body } = await observability.metricsText('text/plain');
    expect(body).toContain('made_total{kind="round"} 2\n');
    expect(body).not.toContain('trace_id');
  });

  test('leaves out ids that are longer than OpenMetrics allows', async () => {
    inSpan({ traceId: 'a'.repeat(98) }, () => observability.recordMetric('wait', 2.5));
    inSpan({ traceId: 'a'.repeat(97) }, () => observability.recordMetric('wait', 60));
    const { body } = await observability.metricsText(openMetrics);
    expect(body).toContain('wait_seconds_bucket{le="5.0"} 1\n');
    expect(body).toContain('wait_seconds_bucket{le="+Inf"} 2 # {trace_id=');
  });
});

test('a request duration carries the trace and the SERVER span of its request', async () => {
  const app = Fastify({ logger: false });
  await app.register(observabilityPlugin, { observability });
  app.post('/things', async () => {
    await observability.startSpan('inner', () => sleep(1));
    return { made: true };
  });
  await app.inject({ method: 'POST', url: '/things', payload: { a: 1 } });
  await app.close();

  const server = telemetry.spans().find(({ kind }) => kind === 'server');
  const { body } = await observability.metricsText(openMetrics);
  const shown = body.split('\n').filter((line) => line.includes(' # {'));
  expect(server).toBeDefined();
  expect(shown).toEqual([
    expect.stringMatching(/^http_server_request_duration_seconds_bucket\{.*http_route="\/things"/),
  ]);
  expect(shown[0]).toContain(` # {trace_id="${server?.traceId}",span_id="${server?.spanId}"} 0.`);
});
