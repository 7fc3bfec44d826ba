import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { lintPromql } from '../src/expressions/lint-promql.ts';
import { lintLogql, lintTraceql } from '../src/expressions/lint-signals.ts';
import { parsePromql } from '../src/expressions/parse-promql.ts';
import { withoutComparison } from '../src/expressions/without-comparison.ts';
import { readKnownSeries } from '../src/series/known-series.ts';
import { spanAttributes, spanNames } from '../src/series/log-and-trace-names.ts';

const known = readKnownSeries();

describe('lintPromql', () => {
  test.for([
    ['sum(rate(test_sessions_started_total[5m]))'],
    ['max by (adaptive) (test_sessions_active)'],
    ['sum(max by (adaptive) (test_sessions_active))'],
    [
      'histogram_quantile(0.9, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket[5m])))',
    ],
    ['label_replace(up, "made", "x", "", "") + on (made) label_replace(up, "made", "x", "", "")'],
  ])('takes %s', ([expression = '']) => {
    expect(lintPromql(expression, known)).toEqual([]);
  });

  test.for([
    ['sum(rate(test_sessions_started[5m]))', /test_sessions_started, which nothing makes/],
    ['{__name__=~".+"}', /series without a name/],
    ['up{pod="x"}', /by pod, a label it does not have/],
    ['sum by (route) (rate(http_server_request_duration_seconds_count[5m]))', /groups by route/],
    ['rate(pipeline_errors_total{severity="critical"}[5m])', /none of its values/],
    ['rate(http_server_request_duration_seconds_bucket{le="0.3"}[5m])', /none of its values/],
    ['rate(pipeline_errors_total{severity=~"crit.*"}[5m])', /none of its values/],
    ['sum(test_sessions_active)', /without max first/],
    ['test_sessions_active > 5', /without max first/],
    ['max(sum by (adaptive) (test_sessions_active))', /without max first/],
    ['avg_over_time(inventory_questions[5m])', /without max first/],
    ['up or vector(0)', /vector\(\)/],
    ['vector(1)', /asks for no series/],
    ['1 > 0', /asks for no series/],
    ['up and target_info', /uses and/],
    ['up unless target_info', /uses unless/],
    ['absent(up)', /absent\(\)/],
    ['absent_over_time(up[5m])', /absent_over_time\(\)/],
    ['users_registrations_total > 0', /as it stands/],
    ['sum(users_registrations_total)', /as it stands/],
    ['rate(up[5m])', /a gauge/],
    ['rate(users_registrations_total[30s])', /less than four scrapes/],
    [
      'histogram_quantile(0.9, sum by (http_route) (rate(http_server_request_duration_seconds_bucket[5m])))',
      /not grouped by le/,
    ],
  ] as const)('refuses %s', ([expression, reason]) => {
    expect(lintPromql(expression, known).join('\n')).toMatch(reason);
  });

  test('lets be what is allowed', () => {
    expect(lintPromql('absent(up)', known, { absent: true })).toEqual([]);
    expect(lintPromql('up and target_info', known, { and: true })).toEqual([]);
  });
});

describe('parsePromql', () => {
  test('finds series with what they are chosen by, what stands around them, and what is grouped by', () => {
    expect(
      parsePromql('sum by (job) (rate(a_total{b!="",c=~"x|y"}[5m])) > 0.8 or d / on (q) e'),
    ).toEqual({
      selectors: [
        {
          metric: 'a_total',
          matchers: [
            { label: 'b', operator: '!=', value: '' },
            { label: 'c', operator: '=~', value: 'x|y' },
          ],
          around: ['rate', 'sum'],
          groupedBy: ['job'],
          range: '5m',
        },
        { metric: 'd', matchers: [], around: [] },
        { metric: 'e', matchers: [], around: [] },
      ],
      groupings: ['job', 'q'],
      madeLabels: [],
      functions: ['rate'],
      setOperators: ['or'],
    });
  });

  test('tells what is not PromQL', () => {
    expect(() => parsePromql('sum by (job (a_total) > ')).toThrow(/not PromQL/);
  });
});

describe('withoutComparison', () => {
  test.for([
    ['a > 1', ['a']],
    ['a < 20 > 0', ['a']],
    ['a > b', ['a', 'b']],
    ['a > 2 * 3\nand b > 1 and c * 60 > 5', ['a', 'b', 'c * 60']],
    ['f{x="1"} / (g > 0) < 0.8', ['f{x="1"} / (g > 0)']],
    ['(a > 1) or (b > 2)', ['a', 'b']],
    ['time() - max(a) > 26', ['time() - max(a)']],
    ['absent(a{b="c"})', ['a{b="c"}']],
    ['a > bool 1', ['a > bool 1']],
    ['a unless b', ['a']],
    ['sum(rate(a[5m]))', ['sum(rate(a[5m]))']],
  ] as const)('%s', ([expression, parts]) => {
    expect(withoutComparison(expression)).toEqual(parts);
  });
});

describe('logs and traces', () => {
  test.for([
    ['{service_name=~"aiq-.+"} | detected_level="error"', []],
    ['{app="aiq"}', ['asks for app, which no log line has']],
    ['{service_name="x"', ['does not parse at character 17']],
  ] as const)('lintLogql: %s', ([expression, found]) => {
    expect(lintLogql(expression)).toEqual(found);
  });

  test.for([
    ['{ resource.service.name = "aiq-backend" && status = error }', []],
    ['{ name = "pipeline.walk" }', ['asks for spans named pipeline.walk, which there are not']],
    ['{ span.http.url = "x" }', ['asks for http.url, which no span has']],
  ] as const)('lintTraceql: %s', ([expression, found]) => {
    expect(lintTraceql(expression)).toEqual(found);
  });
});

test('every name that traces are searched by is in the sources', () => {
  const text = globSync('{apps,libs}/*/src/**/*.ts', { cwd: repositoryRoot })
    .map((path) => readFileSync(join(repositoryRoot, path), 'utf8'))
    .join('\n');
  expect([...spanNames, ...spanAttributes].filter((name) => !text.includes(name))).toEqual([]);
});
