import { createHash } from 'node:crypto';
import { TraceFlags } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { loadSettings } from '../../src/config/settings.ts';
import { createTraceLink } from '../../src/traces/trace-link.ts';

const template = 'https://aiq.grafana.net/explore?query={traceId}';
const production = {
  ENV: 'production',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example',
  OBSERVABILITY_TRACE_URL: template,
};

const linkOf = (environment: Record<string, string>) =>
  createTraceLink(loadSettings({ service: 'aiq-x', environment }));

const spanOf = (seed: string, traceFlags: TraceFlags = TraceFlags.SAMPLED) => ({
  traceId: createHash('sha256').update(seed).digest('hex').slice(0, 32),
  spanId: 'b'.repeat(16),
  traceFlags,
});

describe('the address of a trace', () => {
  test('is made of the template, wherever the id stands in it', () => {
    const twice = 'https://traces.example/{traceId}?raw=/api/{traceId}';
    const { traceId } = spanOf('one');
    const link = linkOf({ ...production, OBSERVABILITY_TRACE_URL: twice });
    expect(link?.(spanOf('one'))).toBe(`https://traces.example/${traceId}?raw=/api/${traceId}`);
  });

  test('is the API of the console on a laptop that has no other endpoint', () => {
    const { traceId } = spanOf('one');
    const laptop = { ENV: 'development' };
    expect(linkOf(laptop)?.(spanOf('one'))).toBe(`http://127.0.0.1:4318/api/traces/${traceId}`);
    const elsewhere = { ...laptop, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    expect(linkOf(elsewhere)).toBeUndefined();
    expect(linkOf({ ...production, OBSERVABILITY_TRACE_URL: '' })).toBeUndefined();
  });

  test('is none of a trace that is not sampled', () => {
    expect(linkOf(production)?.(spanOf('one'))).toMatch(/^https/);
    expect(linkOf(production)?.(spanOf('one', TraceFlags.NONE))).toBeUndefined();
  });

  test.each([
    { OTEL_TRACES_ENABLED: 'false' },
    { OBSERVABILITY_TRACES: 'sentry' },
    { OBSERVABILITY_TRACES: 'none' },
    { OTEL_EXPORTER: 'none' },
    { OTEL_EXPORTER: 'console' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_ENABLED: 'false' },
    { OTEL_SDK_DISABLED: 'true' },
  ])('is none where no trace is sent there: %o', (variables) => {
    expect(linkOf({ ...production, ...variables })).toBeUndefined();
  });

  test('is none of a trace that was sampled for Sentry alone', () => {
    const link = linkOf({
      ...production,
      OBSERVABILITY_TRACES: 'both',
      OTEL_TRACES_SAMPLER_ARG: '0.2',
      SENTRY_TRACES_SAMPLE_RATE: '1',
    });
    const linked = Array.from({ length: 200 }, (_, at) => link?.(spanOf(String(at)))).filter(
      Boolean,
    );
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.length).toBeLessThan(60);
  });
});
