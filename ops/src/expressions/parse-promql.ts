import { parser } from '@prometheus-io/lezer-promql';

type Node = ReturnType<typeof parser.parse>['topNode'];

/** A series that an expression asks for, and where it stands. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly operator: string;
    readonly value: string;
  }[];
  /** Aggregations and functions around it, the nearest first: `rate`, `sum`. */
  readonly around: readonly string[];
  /** Labels of the nearest aggregation around it; absent where it has no `by`. */
  readonly groupedBy?: readonly string[];
  /** Of a range, as it is written: `5m`. */
  readonly range?: string;
}

export interface ParsedExpression {
  readonly selectors: readonly Selector[];
  /** Labels that it groups or joins by. */
  readonly groupings: readonly string[];
  /** Labels that it makes with label_replace or label_join. */
  readonly madeLabels: readonly string[];
  readonly functions: readonly string[];
  readonly setOperators: readonly ('and' | 'or' | 'unless')[];
}

/** @throws {SyntaxError} With the place that is not PromQL. */
export function parsePromql(expression: string): ParsedExpression {
  const selectors: Selector[] = [];
  const groupings = new Set<string>();
  const madeLabels = new Set<string>();
  const functions = new Set<string>();
  const setOperators = new Set<'and' | 'or' | 'unless'>();
  const text = ({ from, to }: { from: number; to: number }): string => expression.slice(from, to);
  parseTree(expression).iterate({
    enter({ name, node }) {
      if (name === 'And' || name === 'Or' || name === 'Unless') {
        setOperators.add(name.toLowerCase() as 'and');
      }
      if (name === 'GroupingLabels') for (const label of labelsOf(node, text)) groupings.add(label);
      if (name === 'FunctionIdentifier') {
        functions.add(text(node));
        if (/^label_(replace|join)$/.test(text(node))) madeLabels.add(madeLabelOf(node, text));
      }
      if (name === 'VectorSelector') selectors.push(toSelector(node, text));
    },
  });
  return {
    selectors,
    groupings: [...groupings],
    madeLabels: [...madeLabels],
    functions: [...functions],
    setOperators: [...setOperators],
  };
}

/** @internal */
export function parseTree(expression: string) {
  const tree = parser.parse(expression);
  tree.iterate({
    enter({ type, from }) {
      if (type.isError) throw new SyntaxError(`not PromQL at character ${from}: ${expression}`);
    },
  });
  return tree;
}

type Text = (node: { from: number; to: number }) => string;

const labelsOf = (node: Node, text: Text): string[] => node.getChildren('LabelName').map(text);

/** The second argument: `label_replace(vector, "made", …)`. */
function madeLabelOf(node: Node, text: Text): string {
  const body = node.parent?.getChild('FunctionCallBody');
  const [first] = body?.getChildren('StringLiteral') ?? [];
  return first ? unquote(text(first)) : '';
}

const unquote = (quoted: string): string => quoted.slice(1, -1).replaceAll('\\\\', '\\');

function toSelector(node: Node, text: Text): Selector {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const around: string[] = [];
  let groupedBy: readonly string[] | undefined;
  let isNearest = true;
  for (let each = node.parent; each; each = each.parent) {
    if (each.name === 'FunctionCall') around.push(textOf(each, 'FunctionIdentifier', text));
    if (each.name !== 'AggregateExpr') continue;
    around.push(textOf(each, 'AggregateOp', text));
    const modifier = each.getChild('AggregateModifier');
    if (isNearest && modifier?.getChild('By')) {
      const labels = modifier.getChild('GroupingLabels');
      groupedBy = labels ? labelsOf(labels, text) : [];
    }
    isNearest = false;
  }
  const range =
    node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null;
  return {
    metric: name ? text(name) : '',
    matchers: matchers.map((each) => ({
      label: textOf(each, 'LabelName', text),
      operator: textOf(each, 'MatchOp', text),
      value: unquote(textOf(each, 'StringLiteral', text)),
    })),
    around,
    ...(groupedBy ? { groupedBy } : {}),
    ...(range ? { range: text(range) } : {}),
  };
}

function textOf(node: Node, child: string, text: Text): string {
  const found = node.getChild(child);
  return found ? text(found) : '';
}
