import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Program, startProgram } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertFiles, readAlerts } from '../scripts/alerts/read-alerts.ts';
import { startPrometheus } from './platform/prometheus.ts';
import { systemEnvironment } from './platform/system.config.ts';
import { hasSystemTool } from './platform/system-tool.ts';

const { rules, tests } = alertFiles();

function promtool(...args: readonly string[]): { code: number | null; output: string } {
  const cwd = dirname(rules[0] ?? '');
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd, encoding: 'utf8' });
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}

describe.runIf(hasSystemTool('promtool'))('promtool', () => {
  test.for(rules)('accepts %s', (path) => {
    expect(promtool('check', 'rules', path)).toMatchObject({ code: 0 });
  });

  test.for(tests)('fires and keeps silent as %s says', (path) => {
    const { code, output } = promtool('test', 'rules', path);
    expect(code, output).toBe(0);
    expect(output).toContain('SUCCESS');
  });

  test('finds a unit test for every file of rules', () => {
    const tested = tests.map((path) => basename(path).replace('.test.yml', '.yml'));
    expect(tested).toEqual(rules.map((path) => basename(path)));
  });
});

describe.runIf(hasSystemTool('prometheus'))('a metric over its budget', () => {
  let directory: string;
  let service: Program;
  let url: string;
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'aiq-overflow-'));
    writeFileSync(
      join(directory, 'default.yaml'),
      'metrics: { seriesMax: 40 }\notel: { exporter: none }\n',
    );
    const program = join(import.meta.dirname, 'platform/overflowing-service.ts');
    service = await startProgram('node', [program, directory], { env: systemEnvironment() });
    [, url = ''] = await service.waitForLine(/"url":"([^"]+)"/);
    prometheus = await startPrometheus({ overflowing: url });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await service?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is counted once for each record, keeps its sum, and gives the alert a sample', async () => {
    const { expr = '' } =
      readAlerts().find(({ alert }) => alert === 'TelemetrySeriesOverflow') ?? {};
    const counted = 'aiq_telemetry_series_overflow_total{job="overflowing"}';
    const before = await prometheus.series(counted);

    await fetch(`${url}/use-all`);
    const firing = await prometheus.series(expr);
    const [after] = await prometheus.series(`${counted} > 0`);
    const [sum] = await prometheus.series('sum(things_made_total)');
    const [folded] = await prometheus.series('things_made_total{otel_metric_overflow="true"}');

    expect(before.map(({ value }) => value[1])).toEqual(['0']);
    expect(firing.map(({ metric }) => metric)).toEqual([
      { job: 'overflowing', instance: new URL(url).host },
    ]);
    // A hundred label sets, of which forty found room.
    expect([after?.value[1], folded?.value[1], sum?.value[1]]).toEqual(['60', '60', '100']);
  });
});
