import { expect, test } from 'vitest';
import {
  ancestorsOf,
  criticalPath,
  toSpanRows,
  visibleRows,
} from '../../page/src/traces/span-tree.ts';

const span = (spanId: string, parentSpanId: string | null, offsetMs = 0, durationMs = 10) => ({
  spanId,
  parentSpanId,
  offsetMs,
  durationMs,
});
const shape = (rows: ReturnType<typeof toSpanRows>) =>
  rows.map((row) => `${row.depth}${row.span.spanId}+${row.descendantCount}`).join(' ');

test('spans stand below their parents, siblings in order of their start', () => {
  const rows = toSpanRows([
    span('late', 'root', 5),
    span('leaf', 'early', 2),
    span('early', 'root', 1),
    span('root', null, 0),
  ]);

  expect(shape(rows)).toBe('0root+3 1early+1 2leaf+0 1late+0');
});

test('a span whose parent is not stored is a root, and says so', () => {
  const rows = toSpanRows([span('a', null), span('b', 'gone', 1)]);

  expect(rows.map(({ isOrphan }) => isOrphan)).toEqual([false, true]);
  expect(shape(rows)).toBe('0a+0 0b+0');
});

test('a ring of parents shows each of its spans once', () => {
  const rows = toSpanRows([span('a', 'b'), span('b', 'a'), span('self', 'self')]);

  expect(rows.map((row) => row.span.spanId).sort()).toEqual(['a', 'b', 'self']);
});

test('a chain that is deeper than the stack is shown whole', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) =>
    span(String(index), index === 0 ? null : String(index - 1), index),
  );

  expect(toSpanRows(chain).at(-1)?.depth).toBe(19_999);
  expect(ancestorsOf(toSpanRows(chain.slice(0, 3)), '2')).toEqual(['1', '0']);
});

test('a closed span hides all that is below it, and nothing else', () => {
  const rows = toSpanRows([
    span('r', null),
    span('a', 'r', 1),
    span('aa', 'a', 2),
    span('ab', 'a', 2.5),
    span('b', 'r', 3),
  ]);

  expect(shape(visibleRows(rows, new Set(['a'])))).toBe('0r+4 1a+2 1b+0');
});

test('the critical path follows what the trace waited for last', () => {
  const rows = toSpanRows([
    span('root', null, 0, 100),
    span('first', 'root', 0, 40),
    span('beside', 'root', 5, 20),
    span('second', 'root', 45, 50),
    span('outlives', 'root', 90, 60),
  ]);

  expect([...criticalPath(rows)].sort()).toEqual(['first', 'root', 'second']);
});
