import type { MetricDefinition } from '@aiq/observability';
import { type OtlpReceiver, runProgram, startOtlpReceiver } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPrometheusSeries } from '../../scripts/telemetry/otlp-translation.ts';
import { catalogues, seriesNames } from './catalogue.ts';
import { type Collector, otelcol, startCollector } from './collector.ts';

describe.runIf(otelcol.isExpected)('an OpenTelemetry Collector', () => {
  let behind: OtlpReceiver;
  let collector: Collector;

  beforeAll(async () => {
    behind = await startOtlpReceiver();
    collector = await startCollector({ forwardTo: behind.url });
  });
  afterAll(async () => {
    await collector?.stop();
    await behind?.stop();
  });

  describe.each(['http/protobuf', 'http/json', 'grpc'])('over %s', (protocol) => {
    test.each(catalogues)('accepts all that $service sends', async (catalogue) => {
      const { service, definitions, recorder } = catalogue;
      behind.clear();
      const result = await runProgram('node', recorder, {
        env: {
          ENV: 'test',
          OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collector.grpcUrl : collector.httpUrl,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        },
      });

      expect(result).toMatchObject({ code: 0 });
      // What was refused, dropped or late would be told there.
      expect(result.stderr).not.toMatch(/telemetry|warn/i);
      expect(collector.complaints()).toEqual([]);
      const span = behind.spans().find(({ name }) => name === 'catalogue.record');
      expect(span).toMatchObject({ service, scope: '@aiq/observability' });
      expect(behind.logs().find(({ body }) => body === 'catalogue recorded')).toMatchObject({
        service,
        traceId: span?.traceId,
        spanId: span?.spanId,
      });
      const received = behind.metrics().filter((metric) => Object.hasOwn(definitions, metric.name));
      expect(received.map(({ name }) => name).sort()).toEqual(Object.keys(definitions).sort());
      for (const metric of received) {
        const definition = definitions[metric.name] as MetricDefinition;
        const { kind, unit, description } = definition;
        expect(metric).toMatchObject({ unit, description, service });
        const series = toPrometheusSeries(metric).join('\n');
        for (const name of seriesNames(metric.name, definition)) expect(series).toContain(name);
        const exemplars = metric.points.flatMap((point) => point.exemplars);
        const takesExemplars = kind === 'counter' || kind === 'histogram';
        expect(exemplars.length > 0).toBe(takesExemplars);
        expect(exemplars.every(({ traceId }) => traceId === span?.traceId)).toBe(true);
      }
    });
  });
});
