import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@aiq/config';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRelease } from '../../src/config/release.ts';
import { createResource } from '../../src/config/resource.ts';
import { loadSettings } from '../../src/config/settings.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aiq-observability-'));
  writeFileSync(
    join(directory, 'default.yaml'),
    'otel: { timeoutMs: 1000, protocol: http/json }\n',
  );
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = (environment: Record<string, string> = {}, service = 'aiq-x') =>
  loadSettings({ service, directory, environment: { ENV: 'test', ...environment } });

function problemsOf(environment: Record<string, string>): string {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  test('come from the default, then the service, then the environment', () => {
    writeFileSync(
      join(directory, 'aiq-x.yaml'),
      'otel: { timeoutMs: 2000, metrics: { exportIntervalMs: 5000 } }\n',
    );
    const { otel } = load({ OTEL_METRIC_EXPORT_INTERVAL: '7000' }).config;
    expect(otel).toMatchObject({
      protocol: 'http/json',
      timeoutMs: 2000,
      metrics: { exportIntervalMs: 7000 },
    });
  });

  test('take the names of OpenTelemetry before this project’s own', () => {
    const both = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1', OTEL_OTLP_ENDPOINT: 'http://b:2' };
    expect(load(both).config.otel.endpoint).toBe('http://a:1');
    expect(load({ OTEL_OTLP_ENDPOINT: 'http://b:2' }).config.otel.endpoint).toBe('http://b:2');
  });

  test('have no service key, no internal host and no tail buffer unless told', () => {
    expect(load().config.traces).toMatchObject({ internalHosts: [], tail: { enabled: false } });
    expect(load().config.traces.serviceKey).toBeUndefined();
    const { traces } = load({
      OBSERVABILITY_SERVICE_KEY: 'sixteen letters!',
      OBSERVABILITY_INTERNAL_HOSTS: 'backend:8000, questions',
      OBSERVABILITY_TAIL: 'true',
    }).config;
    expect(traces).toEqual({
      serviceKey: 'sixteen letters!',
      internalHosts: ['backend:8000', 'questions'],
      tail: { enabled: true, slowMs: 5_000, tracesMax: 256, bytesMax: 8_388_608 },
    });
  });

  test('refuse a service key that could be guessed, and do not show it', () => {
    const problems = problemsOf({ OBSERVABILITY_SERVICE_KEY: 'guessable' });
    expect(problems).toContain('OBSERVABILITY_SERVICE_KEY');
    expect(problems).not.toContain('guessable');
  });

  test('take an address of traces that has a place for the id, and no other', () => {
    const url = 'https://aiq.grafana.net/explore?query={traceId}';
    expect(load({ OBSERVABILITY_TRACE_URL: url }).config.traces.url).toBe(url);
    for (const wrong of ['https://aiq.grafana.net/explore', 'traces/{traceId}', 'file:/{traceId}'])
      expect(problemsOf({ OBSERVABILITY_TRACE_URL: wrong })).toMatch(
        /OBSERVABILITY_TRACE_URL[\s\S]*an http\(s\) URL with \{traceId\} in it/,
      );
  });

  test('know the trace that a command was started in, and none that a service was', () => {
    const environment = { ENV: 'test', TRACEPARENT: 'given', TRACESTATE: 'vendor=7' };
    const inheritedBy = (isCommand: boolean) =>
      loadSettings({ service: 'aiq-x', directory, isCommand, environment }).inherited;
    expect(inheritedBy(true)).toEqual({ traceparent: 'given', tracestate: 'vendor=7' });
    expect(inheritedBy(false)).toBeUndefined();
  });

  test('read headers and attributes as OpenTelemetry writes them', () => {
    const { config } = load({
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc==,x-scope=1',
      OTEL_RESOURCE_ATTRIBUTES: 'team=core,service.version=9',
    });
    expect(config.otel.headers).toEqual({ Authorization: 'Basic abc==', 'x-scope': '1' });
    expect(config.resource).toEqual({ team: 'core', 'service.version': '9' });
  });

  test('understand that an empty DSN is none', () => {
    expect(load({ SENTRY_DSN: '' }).config.sentry.dsn).toBeUndefined();
  });

  test('of this repository are valid for every service', () => {
    for (const service of ['aiq-backend', 'aiq-question-service', 'another']) {
      expect(loadSettings({ service, environment: { ENV: 'production' } }).config.enabled).toBe(
        true,
      );
    }
  });
});

describe('what is wrong is told all at once, with its source', () => {
  test('in variables', () => {
    const text = problemsOf({
      SENTRY_DSN: 'https://example.com/none',
      OTEL_TRACES_SAMPLER_ARG: '2',
      OTEL_EXPORTER: 'carrier-pigeon',
      OBSERVABILITY_LOGS: 'loki',
    });
    for (const name of [
      'SENTRY_DSN',
      'OTEL_TRACES_SAMPLER_ARG',
      'OTEL_EXPORTER',
      'OBSERVABILITY_LOGS',
    ]) {
      expect(text).toContain(name);
    }
  });

  test('in files: an unknown key, with the file', () => {
    writeFileSync(join(directory, 'aiq-x.yaml'), 'otel: { endpiont: http://x }\n');
    const text = problemsOf({});
    expect(text).toContain('aiq-x.yaml');
    expect(text).toContain('endpiont');
  });

  test('gRPC to Grafana Cloud', () => {
    const text = problemsOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    });
    expect(text).toContain('Grafana Cloud takes no gRPC');
  });
});

describe('the resource', () => {
  test('of a command is not that of the service beside it, nor of a command in another slot', () => {
    const instance = { OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=host-1' };
    const options = { service: 'aiq-x', directory, environment: { ENV: 'test', ...instance } };
    const command = loadSettings({ ...options, isCommand: true });
    const ids = [loadSettings(options), { ...command, commandSlot: 0 }, command].map(
      (settings) => createResource(settings).attributes['service.instance.id'],
    );
    expect(ids).toEqual(['host-1', 'host-1-cli-0', 'host-1-cli-shared']);
  });

  test.each([
    [{ RAILWAY_GIT_COMMIT_SHA: 'a1', GIT_COMMIT: 'b2', GITHUB_SHA: 'c3' }, 'a1'],
    [{ GIT_COMMIT: 'b2', GITHUB_SHA: 'c3' }, 'b2'],
    [{ GITHUB_SHA: 'c3' }, 'c3'],
    [{ GIT_COMMIT: 'b2', SERVICE_VERSION: '7.1' }, 'b2', '7.1'],
    [{ SERVICE_VERSION: '7.1' }, '7.1', '7.1'],
    [{ GIT_COMMIT: 'b2', SENTRY_RELEASE: 'aiq@7' }, 'aiq@7', 'b2'],
    [{}, undefined, '0.0.0'],
  ])('and the release are of %o', (variables, release, version = release) => {
    const settings = load(variables as Record<string, string>);
    expect(findRelease(settings)).toMatchObject({ release, version });
    expect(createResource(settings).attributes['service.version']).toBe(version);
  });

  test('is stable, and says who emits, where and which revision', () => {
    const settings = load({
      ENV: 'production',
      RAILWAY_REPLICA_ID: 'replica-7',
      RAILWAY_GIT_COMMIT_SHA: '0123456789abcdef',
      OTEL_RESOURCE_ATTRIBUTES: 'team=core',
    });
    expect(createResource(settings).attributes).toMatchObject({
      'service.name': 'aiq-x',
      'service.version': '0123456789ab',
      'service.instance.id': 'replica-7',
      'deployment.environment.name': 'production',
      'vcs.ref.head.revision': '0123456789abcdef',
      team: 'core',
    });
    expect(settings.config.service.revision).toBe('0123456789abcdef');
  });
});
