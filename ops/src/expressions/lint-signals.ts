import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import {
  logFields,
  spanAttributes,
  spanIntrinsics,
  spanNames,
} from '../series/log-and-trace-names.ts';

interface Parser {
  parse(text: string): {
    iterate(spec: {
      enter(node: {
        name: string;
        type: { isError: boolean };
        node: Node;
        from: number;
        to: number;
      }): void;
    }): void;
  };
}
type Node = { readonly parent: Node | null; readonly name: string };

/** What is wrong with a LogQL expression; nothing where it is right. */
export function lintLogql(expression: string): string[] {
  const found: string[] = [];
  let hasSelector = false;
  walk(
    logql as unknown as Parser,
    expression,
    ({ name, parent, text }) => {
      if (name === 'Selector') hasSelector = true;
      const isField = name === 'Identifier' && (parent === 'Matcher' || parent === 'Labels');
      if (isField && !logFields.includes(text))
        found.push(`asks for ${text}, which no log line has`);
    },
    found,
  );
  return hasSelector ? found : [...found, 'chooses no logs'];
}

/** What is wrong with a TraceQL expression; nothing where it is right. */
export function lintTraceql(expression: string): string[] {
  const found: string[] = [];
  walk(
    traceql as unknown as Parser,
    expression,
    ({ name, text }) => {
      if (name === 'IntrinsicField' && !spanIntrinsics.includes(text))
        found.push(`asks for ${text}, which no span has`);
      if (name === 'Identifier' && !spanAttributes.includes(text))
        found.push(`asks for ${text}, which no span has`);
    },
    found,
  );
  for (const [, name = ''] of expression.matchAll(/(?<![.\w])name = "([^"]*)"/g)) {
    if (!spanNames.includes(name)) found.push(`asks for spans named ${name}, which there are not`);
  }
  return found;
}

function walk(
  parser: Parser,
  expression: string,
  see: (node: { name: string; parent: string; text: string }) => void,
  found: string[],
): void {
  parser.parse(expression).iterate({
    enter({ name, type, node, from, to }) {
      if (type.isError) found.push(`does not parse at character ${from}`);
      else see({ name, parent: node.parent?.name ?? '', text: expression.slice(from, to) });
    },
  });
}
