import { describe, expect, test } from 'vitest';
import { alertsOf } from '../src/cases/write-cases.ts';
import { createDashboard } from '../src/dashboards/dashboard.ts';
import { dashboardUids } from '../src/dashboards/dashboard-uids.ts';
import { dashboards } from '../src/dashboards/write-dashboards.ts';
import { panelsOf, readPanelExpressions } from '../src/expressions/dashboard-expressions.ts';
import { lintPromql } from '../src/expressions/lint-promql.ts';
import { lintLogql, lintTraceql } from '../src/expressions/lint-signals.ts';
import { ruleFiles } from '../src/rules/write-rules.ts';
import { readKnownSeries } from '../src/series/known-series.ts';

const known = readKnownSeries();
const alerts = ruleFiles().flatMap(alertsOf);
const panels = dashboards.flatMap((dashboard) =>
  panelsOf(dashboard).map((panel) => [`${dashboard.uid} › ${panel.title}`, panel] as const),
);

test('there is one for each address', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual(dashboardUids);
});

describe.for(panels)('%s', ([source, panel]) => {
  test('asks for what there is', () => {
    const lint = {
      promql: (text: string) => lintPromql(text, known),
      logql: lintLogql,
      traceql: lintTraceql,
    };
    const expressions = readPanelExpressions().filter((each) => each.source === source);
    expect(expressions.length).toBeGreaterThan(0);
    expect(expressions.flatMap(({ language, expr }) => lint[language](expr))).toEqual([]);
  });

  test('says what it shows and leads on', () => {
    expect(panel.description.length).toBeGreaterThan(15);
    expect(panel.links.length).toBeGreaterThan(0);
    for (const { url, query } of panel.links) {
      if (query)
        expect(
          query.language === 'logql'
            ? lintLogql(query.text.replaceAll('$environment', '.*'))
            : lintTraceql(query.text),
        ).toEqual([]);
      const [, uid] = /^\/d\/([\w-]+)/.exec(url) ?? [];
      if (uid) expect(dashboardUids).toContain(uid);
      const [, alert] = /^\$\{runbooks\}\/(\w+)\.md$/.exec(url) ?? [];
      if (alert) expect(alerts).toContain(alert);
      expect(uid ?? alert ?? query, url).toBeDefined();
    }
  });

  test('shows traces beside quantiles of durations', () => {
    const durations = panel.queries.filter(({ expr }) =>
      /histogram_quantile\(0\.9\d?, .*duration_seconds/.test(expr),
    );
    expect(durations.filter(({ exemplars }) => !exemplars)).toEqual([]);
  });
});

describe.for(dashboards.map((spec) => [spec.uid, spec] as const))('%s', ([, spec]) => {
  const built = JSON.parse(JSON.stringify(createDashboard(spec)));

  test('begins with what to see at a glance', () => {
    expect(new Set(spec.rows[0]?.panels.map(({ kind }) => kind))).toEqual(new Set(['stat']));
  });

  test('lets its reader choose, and finds its sources by variables', () => {
    const names = built.templating.list.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'prometheus',
      'tempo',
      'loki',
      'environment',
      'service',
      'instance',
      'runbooks',
    ]);
    const sources = built.panels
      .filter(({ type }: { type: string }) => type !== 'row')
      .map(
        ({ datasource }: { datasource: { type: string; uid: string } }) =>
          `${datasource.type} ${datasource.uid}`,
      );
    expect(new Set(sources).size).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^(prometheus|loki|tempo) \$\{\1\}$/);
  });

  test('has panels with a unit, a description and a link in Grafana’s own model, side by side', () => {
    const all = built.panels.filter(({ type }: { type: string }) => type !== 'row');
    expect(all).toHaveLength(panelsOf(spec).length);
    for (const { fieldConfig, description, links, gridPos, type } of all) {
      expect(fieldConfig.defaults.unit).toBeTruthy();
      expect(description).toBeTruthy();
      expect(links.length).toBeGreaterThan(0);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(type).not.toBe('piechart');
    }
  });
});
