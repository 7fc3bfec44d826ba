import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { toPrometheusName } from '@aiq/observability/reference';
import { describe, expect, test } from 'vitest';
import { readCatalogues } from '../telemetry-docs/metric-catalogues.ts';
import { findSelectors } from './find-selectors.ts';
import { readAlertCases, readAlerts } from './read-alerts.ts';

const alerts = readAlerts();
const cases = readAlertCases();
/** What every series of a scrape or push has. */
const targetLabels = ['job', 'instance'];

/** Series name in Prometheus → the labels that its metric has. */
const series = new Map(
  readCatalogues().flatMap(({ metrics }) =>
    metrics.flatMap((metric) => {
      const name = toPrometheusName(metric.name, metric.unit, metric.kind).sample;
      const labels = Object.keys(metric.labels).map((label) => label.replaceAll('.', '_'));
      const suffixes = metric.kind === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
      return suffixes.map((suffix) => [`${name}${suffix}`, labels] as const);
    }),
  ),
);

test('there are alerts, each with a name of its own', () => {
  const names = alerts.map(({ alert }) => alert);
  expect(names).toContain('TelemetrySeriesOverflow');
  expect(new Set(names).size).toBe(names.length);
});

describe.for(alerts.map((alert) => [alert.alert, alert] as const))('%s', ([name, alert]) => {
  const { selectors, groupings } = findSelectors(alert.expr);

  test('asks for series that the catalogues make', () => {
    expect(selectors.length).toBeGreaterThan(0);
    expect(selectors.map(({ metric }) => metric).filter((metric) => !series.has(metric))).toEqual(
      [],
    );
  });

  test('chooses and groups by labels that these series have', () => {
    const unknown = selectors.flatMap(({ metric, labels }) => {
      const known = [...(series.get(metric) ?? []), ...targetLabels];
      return [...labels, ...groupings].filter((label) => !known.includes(label));
    });
    expect(unknown).toEqual([]);
  });

  test('has a runbook of its name, which speaks of series and variables that there are', () => {
    expect(alert.annotations.runbook_url).toBe(`ops/runbooks/${name}.md`);
    const text = readFileSync(join(repositoryRoot, alert.annotations.runbook_url), 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name}\n`));
    const named = [...text.matchAll(/\b(?:otel_sdk|aiq_telemetry)_\w+/g)].map(([word]) => word);
    expect(named.filter((word) => !series.has(word))).toEqual([]);
    const configuration = readFileSync(join(repositoryRoot, 'docs/configuration.md'), 'utf8');
    const variables = [...text.matchAll(/\b(?:OTEL|SENTRY)_[A-Z_]+/g)].map(([word]) => word);
    expect(variables.filter((word) => !configuration.includes(`\`${word}\``))).toEqual([]);
  });

  test('has a unit test in which it fires, and one in which it does not', () => {
    const own = cases.filter((each) => each.alert === name).map(({ isFiring }) => isFiring);
    expect(new Set(own)).toEqual(new Set([true, false]));
  });
});

test('no runbook is without its alert', () => {
  const runbooks = globSync('*.md', { cwd: join(repositoryRoot, 'ops/runbooks') });
  expect(runbooks.map((path) => basename(path, '.md')).sort()).toEqual(
    alerts.map(({ alert }) => alert).sort(),
  );
});
