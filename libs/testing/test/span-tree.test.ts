import { describe, expect, test } from 'vitest';
import { formatSpanTree, type SpanLike, spanTree } from '../src/index.ts';

function span(name: string, id: string, parent?: string, more: Partial<SpanLike> = {}): SpanLike {
  return {
    name,
    kind: 'internal',
    traceId: 't',
    spanId: id,
    parentSpanId: parent,
    attributes: {},
    ...more,
  };
}

describe('spanTree', () => {
  test('nests spans below their parents, children by their start', () => {
    const tree = spanTree([
      span('second', '3', '1', { startTimeUnixNano: '1700000000000000003' }),
      span('first', '2', '1', { startTimeUnixNano: '1700000000000000002' }),
      span('leaf', '4', '2', { attributes: { a: 1 } }),
      span('root', '1', undefined, { startTimeUnixNano: '1700000000000000001' }),
    ]);

    expect(tree).toMatchObject([
      {
        name: 'root',
        children: [
          { name: 'first', children: [{ name: 'leaf', attributes: { a: 1 }, children: [] }] },
          { name: 'second', children: [] },
        ],
      },
    ]);
  });

  test('shows one trace when asked, and all roots otherwise', () => {
    const spans = [span('a', '1'), span('b', '1', undefined, { traceId: 'u' })];

    expect(spanTree(spans, 'u').map((node) => node.name)).toEqual(['b']);
    expect(spanTree(spans)).toHaveLength(2);
  });

  test('a span whose parent is missing is a root that says so', () => {
    expect(spanTree([span('orphan', '2', '9')])).toMatchObject([{ missingParentId: '9' }]);
  });

  test('spans in a circle do not vanish and do not hang', () => {
    const tree = spanTree([span('a', '1', '2'), span('b', '2', '1'), span('self', '3', '3')]);

    expect(tree.map((node) => node.name)).toEqual(['a', 'self']);
    expect(tree[0]?.children.map((node) => node.name)).toEqual(['b']);
  });
});

describe('formatSpanTree', () => {
  test('draws branches, durations, services and errors', () => {
    const tree = spanTree([
      span('run', '1', undefined, { service: 'cli', durationMs: 1234.5 }),
      span('generate', '2', '1', { service: 'cli', durationMs: 12.34 }),
      span('POST', '3', '2', { service: 'cli', kind: 'client', durationMs: 0.25 }),
      span('POST /v1/runs', '4', '3', {
        service: 'api',
        kind: 'server',
        status: 'error',
        statusMessage: 'full',
      }),
      span('store', '5', '1', { service: 'cli' }),
    ]);

    expect(formatSpanTree(tree)).toBe(
      [
        'run  [cli]  1.23 s',
        '├─ generate  12.3 ms',
        '│  └─ POST  CLIENT  250 µs',
        '│     └─ POST /v1/runs  SERVER  [api]  ERROR full',
        '└─ store',
      ].join('\n'),
    );
  });

  test('no spans are no lines', () => {
    expect(formatSpanTree([])).toBe('');
  });
});
