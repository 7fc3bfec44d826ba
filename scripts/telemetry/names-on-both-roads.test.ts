import { globSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { type OtlpReceiver, runProgram, startOtlpReceiver } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readPrometheusText, toName, toPrometheusSeries } from './otlp-translation.ts';

const apps = globSync('apps/*/src/telemetry/catalogue.ts', { cwd: repositoryRoot }).sort();

let otlp: OtlpReceiver;
beforeAll(async () => {
  otlp = await startOtlpReceiver();
});
afterAll(() => otlp.stop());

test('every service has its catalogue where it is looked for', () => {
  expect(apps.map((path) => path.split('/')[1])).toEqual(
    expect.arrayContaining(['backend', 'question-service']),
  );
});

describe.each(apps)('%s', (path) => {
  const service = `aiq-${path.split('/')[1]}`;

  test('gives every metric the same name, type and labels in /metrics as by OTLP', async () => {
    const catalogue = join(repositoryRoot, path);
    const { metrics } = (await import(catalogue)) as { metrics: Record<string, unknown> };
    const program = join(import.meta.dirname, 'record-catalogue.ts');
    const result = await runProgram('node', [program, service, catalogue], {
      env: {
        ENV: 'test',
        OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
        OTEL_METRIC_EXPORT_INTERVAL: '3600000',
      },
    });
    expect(result).toMatchObject({ code: 0 });
    const scraped = readPrometheusText(result.stdout);
    const pushed = otlp.metrics().filter((metric) => metric.service === service);

    const ours = pushed.filter(({ name }) => Object.hasOwn(metrics, name));
    expect(ours.map(({ name }) => name).sort()).toEqual(Object.keys(metrics).sort());
    for (const metric of ours) {
      expect(scraped.get(toName(metric))).toEqual(toPrometheusSeries(metric));
    }
    // What the libraries measure has a series now and then: its names and types are compared.
    const typeOf = (lines: readonly string[] = []) => lines.find((line) => line.startsWith('#'));
    const theirs = pushed.filter((metric) => !ours.includes(metric) && scraped.has(toName(metric)));
    for (const metric of theirs) {
      expect(typeOf(scraped.get(toName(metric)))).toBe(typeOf(toPrometheusSeries(metric)));
    }
    const names = new Set([...pushed.map(toName), 'target_info']);
    expect([...scraped.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect(scraped.get('target_info')?.join()).toContain(`service_name="${service}"`);
  });
});
