import { describe, expect, test } from 'vitest';
import { findConflicts } from '../../src/config/conflicts.ts';
import { loadSettings } from '../../src/config/settings.ts';

const load = (environment: Record<string, string>) =>
  loadSettings({ service: 'aiq-x', environment: { ENV: 'test', ...environment } });

describe('a standard name and its alias', () => {
  const endpoints = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1', OTEL_OTLP_ENDPOINT: 'http://b:2' };

  test('that differ: the standard name wins, and the conflict names both', () => {
    const { config, conflicts } = load(endpoints);

    expect(config.otel.endpoint).toBe('http://a:1');
    expect(conflicts).toEqual([
      {
        path: 'otel.endpoint',
        used: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        ignored: 'OTEL_OTLP_ENDPOINT',
      },
    ]);
  });

  test('that agree are no conflict, also where a number is written in two ways', () => {
    expect(
      findConflicts({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1',
        OTEL_OTLP_ENDPOINT: 'http://a:1 ',
        OTEL_METRIC_EXPORT_INTERVAL: '5000',
        OTEL_METRICS_EXPORT_INTERVAL_MILLIS: '5e3',
      }),
    ).toEqual([]);
  });

  test('of which one is empty are no conflict', () => {
    expect(findConflicts({ ...endpoints, OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual([]);
  });
});

describe('OTEL_SDK_DISABLED wins over OTEL_ENABLED', () => {
  test.each([
    { OTEL_SDK_DISABLED: 'true', OTEL_ENABLED: 'true', isOn: false },
    { OTEL_SDK_DISABLED: 'false', OTEL_ENABLED: 'off', isOn: true },
  ])('%o', ({ isOn, ...environment }) => {
    const { config, conflicts } = load(environment);

    expect(config.enabled && !config.disabled).toBe(isOn);
    expect(conflicts).toMatchObject([{ used: 'OTEL_SDK_DISABLED', ignored: 'OTEL_ENABLED' }]);
  });

  test('and where they agree there is nothing to tell', () => {
    const { config, conflicts } = load({ OTEL_SDK_DISABLED: 'true', OTEL_ENABLED: 'false' });

    expect(config.enabled && !config.disabled).toBe(false);
    expect(conflicts).toEqual([]);
  });
});
