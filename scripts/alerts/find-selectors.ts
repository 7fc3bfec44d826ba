import { parser } from '@prometheus-io/lezer-promql';

/** A metric that an expression asks for, with the labels it is chosen by. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

export interface ParsedExpression {
  readonly selectors: readonly Selector[];
  /** Labels that it groups or joins by. */
  readonly groupings: readonly string[];
}

/**
 * Reads the metrics and labels out of a PromQL expression, with the grammar of Prometheus' own editor.
 *
 * @throws {SyntaxError} With the place that is not PromQL.
 */
export function findSelectors(expression: string): ParsedExpression {
  const selectors: { metric: string; labels: string[] }[] = [];
  const groupings: string[] = [];
  let isGrouping = false;
  parser.parse(expression).iterate({
    enter({ type, from, to }) {
      const text = expression.slice(from, to);
      if (type.isError) throw new SyntaxError(`not PromQL at character ${from}: ${expression}`);
      if (type.name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      if (type.name === 'GroupingLabels') isGrouping = true;
      const selector = selectors.at(-1);
      if (type.name === 'Identifier' && selector !== undefined) selector.metric = text;
      if (type.name !== 'LabelName') return;
      if (isGrouping) groupings.push(text);
      else selector?.labels.push(text);
    },
    leave({ type }) {
      if (type.name === 'GroupingLabels') isGrouping = false;
    },
  });
  return { selectors, groupings: [...new Set(groupings)] };
}
