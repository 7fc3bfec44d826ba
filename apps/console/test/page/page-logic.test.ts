import { expect, test } from 'vitest';
import { toFunnel } from '../../page/src/runs/funnel.ts';
import { layoutMap } from '../../page/src/service-map/layout-map.ts';
import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatNumber,
  formatPercent,
  formatValue,
} from '../../page/src/shared/format.ts';
import { numberOf, oneOf, patchSearch, pathWith } from '../../page/src/shared/search-params.ts';
import { parseTraceSearch, toSearchText } from '../../page/src/shared/search-text.ts';
import { sparklinePaths } from '../../page/src/shared/sparkline-paths.ts';
import { ticks } from '../../page/src/shared/ticks.ts';

test('durations change their unit where the number would become unreadable', () => {
  expect(
    [0, 0.0042, 12.345, 999.4, 1_240, 59_940, 60_000, 125_000, 3_700_000].map(formatDuration),
  ).toEqual([
    '0 ms',
    '4.2 µs',
    '12.3 ms',
    '999.4 ms',
    '1.24 s',
    '59.9 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 1 min',
  ]);
  expect([null, undefined, Number.NaN].map(formatDuration)).toEqual(['–', '–', '–']);
});

test('numbers, shares, sizes and ages are short and keep what matters', () => {
  expect([0, 950, 12_345, 3_400_000, 0.00111, 0.00001].map(formatNumber)).toEqual([
    '0',
    '950',
    '12.3k',
    '3.4M',
    '0.00111',
    '1.0e-5',
  ]);
  expect([0, 0.003, 0.5, 1].map(formatPercent)).toEqual(['0 %', '0.3 %', '50 %', '100 %']);
  expect([512, 2_048, 5 * 2 ** 20].map(formatBytes)).toEqual(['512 B', '2 KiB', '5 MiB']);
  expect([500, 12_000, 300_000].map((ms) => formatAgo(0, ms))).toEqual([
    'now',
    '12 s ago',
    '5 min ago',
  ]);
  expect(formatValue(0.25, 's')).toBe('250 ms');
  expect(formatValue(3, '{request}/s')).toBe('3 {request}/s');
});

test('what is typed into the search is read, and written back as it was', () => {
  const text =
    'GET users service:aiq-backend status:error >1.5s http.route=/v1/users/me note="two words"';
  const search = parseTraceSearch(text);

  expect(search).toEqual({
    name: 'GET users',
    service: 'aiq-backend',
    status: 'error',
    minDurationMs: '1500',
    attributes: ['http.route=/v1/users/me', 'note=two words'],
  });
  expect(parseTraceSearch(toSearchText(search))).toEqual(search);
});

test('the query of an address holds no more than what is asked', () => {
  expect(
    pathWith('/traces', { service: 'a b', status: '', name: null, attribute: ['x=1', 'y=2'] }),
  ).toBe('/traces?service=a+b&attribute=x%3D1&attribute=y%3D2');
  expect(patchSearch('span=1&window=60', { span: null })).toBe('window=60');
  expect(oneOf('javascript:alert(1)', ['newest', 'slowest'])).toBe('newest');
  expect([numberOf('-1'), numberOf('x'), numberOf(''), numberOf('2.5')]).toEqual([
    undefined,
    undefined,
    undefined,
    2.5,
  ]);
});

test('an axis has round places, no more than it has room for', () => {
  expect(ticks(250, 6)).toEqual([0, 50, 100, 150, 200, 250]);
  expect(ticks(0.7, 5)).toEqual([0, 0.2, 0.4, 0.6]);
  expect(ticks(0, 5)).toEqual([0]);
});

test('a line is broken where nothing is known', () => {
  const { line } = sparklinePaths([1, 2, null, 3], { width: 30, height: 13 });

  expect(line.match(/M/g)).toHaveLength(2);
});

test('on the map, callers stand left of what they call, also where calls form a ring', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'b' },
    { from: 'a', to: 'c' },
  ];
  const { places } = layoutMap(['c', 'b', 'a'], edges);
  const x = (id: string) => places.get(id)?.x ?? Number.NaN;

  expect(x('a')).toBeLessThan(x('b'));
  expect(x('b')).toBeLessThan(x('c'));
});

const run = {
  requested: 48,
  generated: 46,
  approved: 40,
  inserted: 37,
  unjudged: 1,
  failedByReason: { rate_limit: 2 },
  rejectedByReason: { wrong_key: 5, ambiguous: 0 },
  duplicatesByKind: { exact: 1, semantic: 1 },
  insertFailedByReason: { timeout: 1 },
};

test('a run of which every question is accounted for says so', () => {
  const funnel = toFunnel(run);

  expect(funnel?.identities.map(({ holds }) => holds)).toEqual([true, true, true]);
  expect(funnel?.steps[1]?.losses).toEqual([
    { reason: 'rejected: wrong key', count: 5 },
    { reason: 'no judge reached', count: 1 },
  ]);
});

test('a lost question breaks the identity that it is lost from', () => {
  expect(toFunnel({ ...run, approved: 39 })?.identities.map(({ holds }) => holds)).toEqual([
    true,
    false,
    false,
  ]);
  expect(toFunnel({ ...run, inserted: null })).toBeNull();
});
