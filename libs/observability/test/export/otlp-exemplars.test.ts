import { type OtlpReceiver, startOtlpReceiver } from '@aiq/testing';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode } from '@opentelemetry/core';
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { counter, gauge, histogram } from '../../src/catalogue/define-metrics.ts';
import { jsonWithExemplars, protobufWithExemplars } from '../../src/export/exemplar-serializer.ts';
import { loadOtlpExporters } from '../../src/export/otlp-exporters.ts';
import { createMetricProducer } from '../../src/metrics/metric-producer.ts';
import { createMetricStore, toMetricSpecs } from '../../src/metrics/metric-store.ts';
import { createRefusals } from '../../src/policy/refusals.ts';

const definitions = {
  level: gauge({ unit: '1', description: 'Level.' }),
  plain: counter({ unit: '{thing}', description: 'No exemplar here.' }),
  made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['round', 'square'] } }),
  // Long enough for lengths of more than one byte at every level.
  wait: histogram({
    unit: 's',
    description: 'Wait. '.repeat(60),
    buckets: Array.from({ length: 40 }, (_, index) => index + 1),
  }),
};
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

let otlp: OtlpReceiver;
beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  otlp = await startOtlpReceiver();
});
beforeEach(() => otlp.clear());
afterAll(() => otlp.stop());

async function collect(): Promise<ResourceMetrics> {
  const nowMs = (): number => 1_700_000_000_123;
  const refusals = createRefusals({ warn: () => {}, nowMs });
  const store = createMetricStore({ metrics: toMetricSpecs(definitions), refusals, nowMs });
  const resource = resourceFromAttributes({ 'service.name': 'test' });
  store.record('level', 0.5, {});
  store.record('plain', 4, {});
  store.record('made', 1, { kind: 'round' });
  context.with(trace.setSpanContext(ROOT_CONTEXT, { ...span, traceFlags: 1 }), () => {
    store.record('made', 3, { kind: 'square' });
    for (const value of [0.5, 17.25, 99]) store.record('wait', value, {});
  });
  store.record('wait', 30, {});
  return (await createMetricProducer({ store, resource, nowMs }).collect()).resourceMetrics;
}

describe.each(['http/json', 'http/protobuf', 'grpc'] as const)('OTLP over %s', (protocol) => {
  test('carries exemplars that an independent decoder gives back, each at its series', async () => {
    const exporters = await loadOtlpExporters({
      endpoint: protocol === 'grpc' ? otlp.grpcUrl : otlp.url,
      protocol,
      headers: {},
      compression: 'gzip',
      timeoutMs: 5_000,
    });
    const exporter = exporters.metrics();
    const collected = await collect();
    const result = await new Promise<{ code: number }>((done) => exporter.export(collected, done));
    await exporter.shutdown();

    expect(result.code).toBe(ExportResultCode.SUCCESS);
    const received = otlp.metrics();
    const points = (name: string) => received.find((metric) => metric.name === name)?.points ?? [];
    const exemplar = (value: number) => ({ value, ...span, attributes: {} });
    expect(points('made').map(({ value, exemplars }) => [value, exemplars])).toEqual([
      [1, []],
      [3, [exemplar(3)]],
    ]);
    expect(points('wait')[0]).toMatchObject({ count: 4, sum: 146.75, min: 0.5, max: 99 });
    expect(points('wait')[0]?.exemplars).toEqual([exemplar(0.5), exemplar(17.25), exemplar(99)]);
    expect(points('plain')[0]).toMatchObject({ value: 4, exemplars: [] });
    expect(points('level')[0]).toMatchObject({ value: 0.5, exemplars: [] });
  });
});

describe('the request', () => {
  test('is the bytes of the package where there is no exemplar', async () => {
    const collected = await collect();
    const [scope] = collected.scopeMetrics;
    const metrics = (scope?.metrics ?? []).filter(({ descriptor }) => descriptor.name === 'plain');
    const plain = { ...collected, scopeMetrics: scope ? [{ ...scope, metrics }] : [] };
    expect(metrics).toHaveLength(1);
    expect(protobufWithExemplars.serializeRequest(plain)).toEqual(
      ProtobufMetricsSerializer.serializeRequest(plain),
    );
    expect(jsonWithExemplars.serializeRequest(plain)).toEqual(
      JsonMetricsSerializer.serializeRequest(plain),
    );
  });

  test('times an exemplar in nanoseconds of its own', async () => {
    const collected = await collect();
    const json = JSON.parse(`${Buffer.from(jsonWithExemplars.serializeRequest(collected) ?? [])}`);
    const { metrics } = json.resourceMetrics[0].scopeMetrics[0];
    const made = metrics.find((metric: { name: string }) => metric.name === 'made');
    expect(made.sum.dataPoints[1].exemplars).toEqual([
      { timeUnixNano: '1700000000123000000', asDouble: 3, ...span },
    ]);
    const encoded = Buffer.from(protobufWithExemplars.serializeRequest(collected) ?? []);
    const time = Buffer.alloc(9);
    time[0] = 0x11;
    time.writeBigUInt64LE(1_700_000_000_123_000_000n, 1);
    const value = Buffer.alloc(9);
    value[0] = 0x19;
    value.writeDoubleLE(17.25, 1);
    expect(encoded.includes(Buffer.concat([time, value]))).toBe(true);
  });
});
