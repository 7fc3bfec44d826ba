import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { alertsOf, casesOf } from '../src/cases/write-cases.ts';
import { dashboardUids } from '../src/dashboards/dashboard-uids.ts';
import { lintPromql } from '../src/expressions/lint-promql.ts';
import { readRuleExpressions } from '../src/expressions/rule-expressions.ts';
import { budgetOf, burnWindows } from '../src/rules/burn-rates.ts';
import { objectives } from '../src/rules/objectives.ts';
import { severities } from '../src/rules/rule.ts';
import { createTime } from '../src/rules/time-scale.ts';
import { createGroups, ruleFiles } from '../src/rules/write-rules.ts';
import { readKnownSeries } from '../src/series/known-series.ts';

const known = readKnownSeries();
const rules = ruleFiles()
  .flatMap((file) => createGroups(file))
  .flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);

describe.for(readRuleExpressions().map((each) => [each.source, each.expr] as const))(
  '%s',
  ([source, expr]) => {
    test('asks for series and labels that there are, and for them rightly', () => {
      const isBurn = /^alert \w+Burn(Fast|Slow) /.test(source);
      expect(
        lintPromql(expr, known, { and: isBurn, absent: source === 'alert ServiceAbsent' }),
      ).toEqual([]);
    });
  },
);

describe('every alert', () => {
  test.for(alerts.map((rule) => [`${rule.alert} ${rule.labels?.['window'] ?? ''}`, rule] as const))(
    '%s says how urgent it is, whose it is, what it means and where to go on',
    ([, { alert, labels, annotations }]) => {
      expect(severities).toContain(labels?.['severity']);
      expect(labels?.['service']).toMatch(/^(aiq-[a-z-]+|\{\{ reReplaceAll .*\}\})$/);
      expect(annotations?.['summary']?.length).toBeGreaterThan(30);
      expect(annotations?.['description']).toMatch(/Look first|look/);
      expect(annotations?.['runbook_url']).toBe(`ops/runbooks/${alert}.md`);
      expect(dashboardUids.map((uid) => `http://127.0.0.1:3000/d/${uid}`)).toContain(
        annotations?.['dashboard_url'],
      );
    },
  );

  test.for(ruleFiles().flatMap((file) => alertsOf(file).map((alert) => [alert, file] as const)))(
    '%s has a unit test in which it fires, and one in which it does not',
    ([alert, file]) => {
      const expectations = casesOf(file).flatMap(({ expected }) =>
        Object.values(expected).map((each) => each[alert]),
      );
      const firing = expectations.flatMap((each) => (each ? [each.length > 0] : []));
      expect(new Set(firing)).toEqual(new Set([true, false]));
    },
  );

  test('of one name belongs to one file', () => {
    const names = ruleFiles().flatMap(alertsOf);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('objectives', () => {
  test('can be missed by so much that the fastest burn is reached', () => {
    const shares = objectives.flatMap((each) =>
      burnWindows.map(({ factor }) => factor * budgetOf(each)),
    );
    expect(Math.max(...shares)).toBeLessThan(1);
  });

  test('wake somebody only for what test takers notice', () => {
    expect(objectives.filter(({ fast }) => fast === 'page').map(({ service }) => service)).toEqual([
      'aiq-backend',
      'aiq-backend',
      'aiq-backend',
    ]);
  });
});

describe('the time scale', () => {
  test.for([
    [1, '28d', '28d'],
    [1, '90s', '90s'],
    [1 / 60, '1h', '1m'],
    [1 / 60, '3d', '72m'],
    [1 / 60, '30s', '500ms'],
  ] as const)('%d makes %s of %s', ([scale, given, expected]) => {
    expect(createTime(scale).length(given)).toBe(expected);
  });

  test.for([0, -1, 2, Number.NaN])('refuses %d', (scale) => {
    expect(() => createTime(scale)).toThrow(/above 0 and at most 1/);
  });

  test('changes no more than lengths of time', () => {
    const withoutTimes = (text: string) =>
      text.replace(/\d+(\.\d+)?(ms|s|m|h|d)\b|\* \d+ >|> \d+$/g, 'T');
    const [shipped, live] = [1, 1 / 60].map((timeScale) =>
      readRuleExpressions({ timeScale }).map(({ expr }) =>
        withoutTimes(expr.replace(/rate(5m|30m|[1-9][hd])/g, 'rate')),
      ),
    );
    expect(live).toEqual(shipped);
  });

  test('an environment narrows what is missed', () => {
    const exprs = readRuleExpressions({ environment: 'production' });
    expect(
      exprs.filter(({ source }) => source === 'alert ServiceAbsent').map(({ expr }) => expr),
    ).toEqual([
      'absent(target_info{job=~"(.+/)?aiq-backend", deployment_environment_name="production"})',
      'absent(target_info{job=~"(.+/)?aiq-question-service", deployment_environment_name="production"})',
    ]);
  });
});

test('docs/operations.md says the objectives as they are', () => {
  const text = readFileSync(join(repositoryRoot, 'docs/operations.md'), 'utf8');
  const rows = [
    ...text.matchAll(
      /^\| `([\w-]+)`\s*\|.*?\| ([\d.]+) %\s*\| ([\d.]+) %\s*\|.*\| (page|ticket)\s*\|$/gm,
    ),
  ];
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    objectives.map((each) => [
      each.slo,
      String(Number((each.objective * 100).toPrecision(6))),
      String(Number((budgetOf(each) * 100).toPrecision(6))),
      each.fast,
    ]),
  );
});
