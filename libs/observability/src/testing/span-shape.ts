/** A span as a test writes it; what is not named is not looked at. */
export interface ExpectedSpan {
  readonly name: string | RegExp;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly status?: 'unset' | 'ok' | 'error';
  /** At least these; values may be `expect.any(Number)` and the like. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** All spans directly below, in any order; `[]` says that there is none. */
  readonly children?: readonly ExpectedSpan[];
}

/** What memory and receivers have in common. */
export interface SpanLike {
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface SpanTree {
  readonly span: SpanLike;
  readonly children: readonly SpanTree[];
}

type Equals = (actual: unknown, expected: unknown) => boolean;

/** Arranges spans below their parents; a span whose parent is not among them is a root. */
export function toTrees(spans: readonly SpanLike[]): SpanTree[] {
  const idOf = ({ traceId, spanId }: SpanLike) => `${traceId}/${spanId}`;
  const known = new Set(spans.map(idOf));
  const parentOf = ({ traceId, parentSpanId }: SpanLike) => `${traceId}/${parentSpanId}`;
  const place = (span: SpanLike): SpanTree => ({
    span,
    children: spans.filter((each) => parentOf(each) === idOf(span)).map(place),
  });
  return spans.filter((span) => !known.has(parentOf(span))).map(place);
}

/** The trees and all trees inside them. */
export function allTrees(trees: readonly SpanTree[]): SpanTree[] {
  return trees.flatMap((tree) => [tree, ...allTrees(tree.children)]);
}

/** True where each expected span is another one of the trees, and none of the trees is left over. */
export function matchesAll(
  trees: readonly SpanTree[],
  expected: readonly ExpectedSpan[],
  equals: Equals,
): boolean {
  const [first, ...others] = expected;
  if (trees.length !== expected.length) return false;
  if (first === undefined) return true;
  return trees.some(
    (tree, index) =>
      matches(tree, first, equals) && matchesAll(trees.toSpliced(index, 1), others, equals),
  );
}

export function matches(tree: SpanTree, expected: ExpectedSpan, equals: Equals): boolean {
  const { span, children } = tree;
  const { name, kind, status, attributes = {} } = expected;
  if (typeof name === 'string' ? span.name !== name : !name.test(span.name)) return false;
  if (kind !== undefined && span.kind !== kind) return false;
  if (status !== undefined && span.status !== status) return false;
  if (!includes(span.attributes, attributes, equals)) return false;
  return expected.children === undefined || matchesAll(children, expected.children, equals);
}

/** True where the fields have at least these values. */
export function includes(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
  equals: Equals,
): boolean {
  return Object.entries(expected).every(([key, value]) => equals(actual[key], value));
}

type Print = (value: unknown) => string;

export function printTrees(trees: readonly SpanTree[], print: Print, indent = '  '): string {
  if (trees.length === 0) return `${indent}no span`;
  return trees
    .map(({ span, children }) => {
      const line = `${indent}${lineOf(span.name, span, print)}`;
      return children.length === 0
        ? line
        : `${line}\n${printTrees(children, print, `${indent}  `)}`;
    })
    .join('\n');
}

export function printExpected(
  expected: readonly ExpectedSpan[],
  print: Print,
  indent = '  ',
): string {
  if (expected.length === 0) return `${indent}no span`;
  return expected
    .map((each) => {
      const line = `${indent}${lineOf(String(each.name), each, print)}`;
      if (each.children === undefined) return line;
      return `${line}\n${printExpected(each.children, print, `${indent}  `)}`;
    })
    .join('\n');
}

function lineOf(
  name: string,
  {
    kind,
    status,
    attributes,
  }: Partial<Pick<ExpectedSpan, 'attributes'>> & {
    readonly kind?: string;
    readonly status?: string;
  },
  print: Print,
): string {
  const entries = Object.entries(attributes ?? {}).map(([key, value]) => `${key}=${print(value)}`);
  return [
    name,
    ...(kind === undefined || kind === 'internal' ? [] : [kind.toUpperCase()]),
    ...(status === undefined || status === 'unset' ? [] : [`status ${status}`]),
    ...(entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`]),
  ].join(' ');
}
