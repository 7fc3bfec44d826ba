import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, startProgram } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { receivers } from '../ops/src/alertmanager/alertmanager.ts';
import { readRuleExpressions } from '../ops/src/expressions/rule-expressions.ts';
import { ruleFiles, writeRules } from '../ops/src/rules/write-rules.ts';
import { startAlertmanager } from './platform/alertmanager.ts';
import { startPrometheus } from './platform/prometheus.ts';
import { repositoryRoot, systemEnvironment } from './platform/system.config.ts';
import { hasSystemTool } from './platform/system-tool.ts';

const prometheusFolder = join(repositoryRoot, 'ops/prometheus');
const alertmanagerFile = join(repositoryRoot, 'ops/alertmanager/alertmanager.yml');
const filesIn = (pattern: string): string[] => globSync(pattern, { cwd: prometheusFolder }).sort();

function run(command: string, args: readonly string[], cwd = prometheusFolder) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) throw error;
  return { code: status, stdout, output: `${stdout}${stderr}` };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aiq-alerts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.runIf(hasSystemTool('promtool'))('promtool', () => {
  const scaled = temporaryFolder();

  test.for(filesIn('rules/*.yml'))('accepts %s', (path) => {
    expect(run('promtool', ['check', 'rules', path])).toMatchObject({ code: 0 });
  });

  test('accepts all rules sixty times faster', () => {
    for (const file of ruleFiles()) {
      writeFileSync(join(scaled, `${file.name}.yml`), writeRules(file, { timeScale: 1 / 60 }));
    }
    const { code, output } = run('promtool', ['check', 'rules', ...globSync(`${scaled}/*.yml`)]);
    expect(code, output).toBe(0);
  });

  test.for(filesIn('tests/*.test.yml'))('fires and keeps silent as %s says', (path) => {
    const { code, output } = run('promtool', ['test', 'rules', path]);
    expect(code, output).toBe(0);
    expect(output).toContain('SUCCESS');
  });

  test('accepts the configuration with its rules, but for what its version does not know', () => {
    const folder = temporaryFolder();
    const config = parse(readFileSync(join(prometheusFolder, 'prometheus.yml'), 'utf8'));
    // Prometheus 3's own; test/peers starts one with the whole file.
    delete config.otlp;
    for (const job of config.scrape_configs) delete job.scrape_protocols;
    for (const path of ['rules', 'targets', 'alertmanagers'].flatMap((name) =>
      filesIn(`${name}/*.yml`),
    )) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), readFileSync(join(prometheusFolder, path)));
    }
    writeFileSync(join(folder, 'prometheus.yml'), stringify(config));

    const { code, output } = run('promtool', ['check', 'config', 'prometheus.yml'], folder);

    expect(code, output).toBe(0);
    expect(output).toContain(`${filesIn('rules/*.yml').length} rule files found`);
  });
});

describe.runIf(hasSystemTool('amtool'))('amtool', () => {
  const receiverOf = (labels: Readonly<Record<string, string>>): string => {
    const given = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    return run('amtool', [
      'config',
      'routes',
      'test',
      `--config.file=${alertmanagerFile}`,
      ...given,
    ]).stdout.trim();
  };

  test('accepts the configuration', () => {
    const { code, output } = run('amtool', ['check-config', alertmanagerFile]);
    expect(code, output).toBe(0);
  });

  test.for([
    [{ severity: 'page', alertname: 'ApiAvailabilityBurnFast' }, receivers.page],
    [{ severity: 'ticket', alertname: 'QuestionStratumLow' }, receivers.ticket],
    [{ severity: 'critical', alertname: 'OfSomebodyElse' }, receivers.fallback],
    [{ alertname: 'WithoutSeverity' }, receivers.fallback],
  ] as const)('sends %o to %s', ([labels, receiver]) => {
    expect(receiverOf(labels)).toBe(receiver);
  });

  test('has secrets by file only', () => {
    const text = readFileSync(alertmanagerFile, 'utf8');
    const secrets = [
      ...text.matchAll(
        /^[\s-]*\w*(password|api_url|routing_key|service_key|token|secret)\w*:.*$/gm,
      ),
    ];
    expect(secrets).toHaveLength(3);
    for (const [line] of secrets)
      expect(line).toMatch(/_file: \/etc\/alertmanager\/secrets\/[\w-]+$/);
  });
});

describe.runIf(hasSystemTool('prometheus-alertmanager'))('Alertmanager', () => {
  test('holds back what another alert explains, and nothing else', async () => {
    const alertmanager = await startAlertmanager(alertmanagerFile);
    onTestFinished(() => alertmanager.stop());
    const page = { severity: 'page' };
    const ticket = { severity: 'ticket' };
    const slo = { service: 'aiq-backend', slo: 'api-latency' };
    const instance = { service: 'aiq-worker', job: 'aiq/aiq-worker', instance: 'one' };

    await alertmanager.send([
      { alertname: 'ApiLatencyBurnFast', ...page, ...slo },
      { alertname: 'ApiLatencyBurnSlow', ...ticket, ...slo },
      {
        alertname: 'SessionCompletionBurnSlow',
        ...ticket,
        service: 'aiq-backend',
        slo: 'session-completion',
      },
      { alertname: 'InstanceDown', ...ticket, ...instance },
      { alertname: 'EventLoopSlow', ...ticket, ...instance },
      { alertname: 'EventLoopSlow', ...ticket, ...instance, instance: 'two' },
      { alertname: 'ServiceAbsent', ...page, service: 'aiq-question-service' },
      { alertname: 'NoSuccessfulRun', ...ticket, service: 'aiq-question-service' },
      { alertname: 'CircuitBreakerOpen', ...ticket, service: 'aiq-other', provider: 'xai' },
    ]);

    expect(await alertmanager.states(9)).toEqual({
      told: [
        'ApiLatencyBurnFast aiq-backend api-latency',
        'CircuitBreakerOpen xai aiq-other',
        'EventLoopSlow two aiq/aiq-worker aiq-worker',
        'InstanceDown one aiq/aiq-worker aiq-worker',
        'ServiceAbsent aiq-question-service',
        'SessionCompletionBurnSlow aiq-backend session-completion',
      ],
      heldBack: [
        'ApiLatencyBurnSlow aiq-backend api-latency',
        'EventLoopSlow one aiq/aiq-worker aiq-worker',
        'NoSuccessfulRun aiq-question-service',
      ],
    });
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
    prometheus = await startPrometheus({ 'aiq-overflowing': url });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await service?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is counted once for each record, keeps its sum, and gives the alert a sample', async () => {
    const { expr = '' } =
      readRuleExpressions().find(({ source }) => source === 'alert TelemetrySeriesOverflow') ?? {};
    const counted = 'aiq_telemetry_series_overflow_total{job="aiq-overflowing"}';
    const before = await prometheus.series(counted);

    await fetch(`${url}/use-all`);
    const firing = await prometheus.series(expr);
    const [after] = await prometheus.series(`${counted} > 0`);
    const [sum] = await prometheus.series('sum(things_made_total)');
    const [folded] = await prometheus.series('things_made_total{otel_metric_overflow="true"}');

    expect(before.map(({ value }) => value[1])).toEqual(['0']);
    expect(firing.map(({ metric }) => metric)).toEqual([
      { job: 'aiq-overflowing', instance: new URL(url).host },
    ]);
    // A hundred label sets, of which forty found room.
    expect([after?.value[1], folded?.value[1], sum?.value[1]]).toEqual(['60', '60', '100']);
  });
});
