import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { alertsOf } from '../src/cases/write-cases.ts';
import { dashboardUids } from '../src/dashboards/dashboard-uids.ts';
import { lintPromql } from '../src/expressions/lint-promql.ts';
import { ruleFiles } from '../src/rules/write-rules.ts';
import { readKnownSeries } from '../src/series/known-series.ts';

const known = readKnownSeries();
const alerts = ruleFiles().flatMap(alertsOf);
const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

test('there is one for each alert, and none without', () => {
  const names = globSync('*.md', { cwd: join(repositoryRoot, 'ops/runbooks') }).map((path) =>
    basename(path, '.md'),
  );
  expect(names.sort()).toEqual([...alerts].sort());
});

describe.for(alerts)('%s', (alert) => {
  const text = read(`ops/runbooks/${alert}.md`);

  test('says what it means, what to ask and to do first, and when it is mended', () => {
    expect(text).toMatch(new RegExp(`^# ${alert}\n\n\\S`));
    expect(all(text, /^## (.*)$/gm)).toEqual(['First query', 'First action', 'Mended when']);
  });

  test('asks Prometheus for what there is', () => {
    const queries = all(text, /```promql\n([\s\S]*?)\n```/g);
    expect(queries).toHaveLength(2);
    expect(queries.flatMap((query) => lintPromql(query, known))).toEqual([]);
  });

  test('speaks of series, commands, dashboards, settings, files and alerts that there are', () => {
    const series = all(text, /`((?:otel_sdk|aiq_telemetry|pipeline|app|api|slo)[_:][\w:]+)`/g);
    expect(series.filter((name) => !known.has(name))).toEqual([]);

    expect(
      all(text, /npx pnpm@12 (\S+?)[`.,]?(?=\s|`|$)/gm).filter((name) => !scripts.includes(name)),
    ).toEqual([]);

    expect(
      all(text, /`(aiq-[\w-]+)`/g).filter(
        (uid) => !(dashboardUids as readonly string[]).includes(uid),
      ),
    ).toEqual([]);

    const settings =
      read('docs/configuration.md') + sources('apps/*/src/config.ts') + sources('config/*/*.yaml');
    expect(
      all(text, /`([A-Z][A-Z\d]+(?:_[A-Z\d]+)+)(?:=\w+)?`/g).filter(
        (name) => !settings.includes(name),
      ),
    ).toEqual([]);

    const paths = all(text, /`((?:config|docs|ops|apps)\/[\w./-]+)`/g);
    expect(paths.filter((path) => globSync(path, { cwd: repositoryRoot }).length === 0)).toEqual(
      [],
    );
  });

  test('names no alert that there is not', () => {
    const named = all(
      text,
      /\b((?:Api|Session|Generation|Telemetry|Question|Circuit|Database|EventLoop|Service|Instance)[A-Z][A-Za-z]+)\b/g,
    );
    const isKnown = (name: string) =>
      alerts.some((each) => each === name || each === `${name}BurnFast`);
    expect(named.filter((name) => !isKnown(name))).toEqual([]);
  });
});

function sources(pattern: string): string {
  return globSync(pattern, { cwd: repositoryRoot }).map(read).join('\n');
}
