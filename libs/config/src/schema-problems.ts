import type { z } from 'zod';
import type { ConfigProblem } from './config-error.ts';
import {
  type ConfigNode,
  type ConfigPath,
  findNode,
  formatPath,
  type Origin,
  scalarsOf,
  toValue,
} from './config-tree.ts';
import { expectation } from './expectation.ts';
import { closeWords, knownKeys } from './known-keys.ts';
import { showValue } from './mask-secrets.ts';

export interface IssueContext {
  readonly schema: z.core.$ZodType;
  readonly root: ConfigNode;
  /** Configuration path → variables that can give it: named where a value is missing. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
}

/** Lists what was wrong with values before the schema saw them: placeholders without a variable. */
export function faultProblems(root: ConfigNode): ConfigProblem[] {
  return [...scalarsOf(root)].flatMap(({ node, path }) =>
    (node.faults ?? []).map((fault) => ({ ...node.origin, path: formatPath(path), ...fault })),
  );
}

/** Turns what the schema refused into problems that name file, path, expected and actual. */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  context: IssueContext,
  base: ConfigPath = [],
): ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey([...path, key], context));
    }
    if (issue.code === 'invalid_union') {
      const branch = closestBranch(issue);
      if (branch) return schemaProblems(branch, context, path);
    }
    const { node, nearest } = findNode(context.root, path);
    // Told already, by the fault itself.
    if (nearest.kind === 'scalar' && nearest.faults) return [];
    const { origin } = node ?? nearest;
    const value = node ? toValue(node) : undefined;
    const expected = node ? expectation(issue) : missing(issue, path, context);
    const actual = showValue(value, path, origin.variable);
    return [{ ...placeOf(node, nearest.origin), path: formatPath(path), expected, actual }];
  });
}

function unknownKey(path: ConfigPath, context: IssueContext): ConfigProblem {
  const { node, nearest } = findNode(context.root, path);
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  const known = knownKeys(context.schema, parent);
  const close = closeWords(key, known);
  const words = (close.length > 0 ? close : known).map((word) => JSON.stringify(word)).join(', ');
  const hint = close.length > 0 ? `a known key (did you mean ${words}?)` : `one of ${words}`;
  return {
    ...(node ?? nearest).origin,
    path: formatPath(path),
    expected: known.length > 0 ? hint : 'no keys here',
    actual: `an unknown key ${JSON.stringify(key)}`,
  };
}

/** The branch of a union that was meant: the one that went wrong deepest, if one did. */
function closestBranch(
  issue: z.core.$ZodIssueInvalidUnion,
): readonly z.core.$ZodIssue[] | undefined {
  const inner = issue.errors.filter((branch) =>
    branch.every((nested) => nested.path.length > 0 || nested.code === 'unrecognized_keys'),
  );
  return inner.sort((a, b) => a.length - b.length)[0];
}

function missing(issue: z.core.$ZodIssue, path: ConfigPath, context: IssueContext): string {
  const names = context.variables[formatPath(path)] ?? [];
  const words = expectation(issue);
  return names.length > 0 ? `${words} (or the variable ${names.join(' or ')})` : words;
}

/** A missing key has no place of its own; the map it should be in has one, but only the file is meant. */
function placeOf(node: ConfigNode | undefined, nearest: Origin): Origin {
  return node ? node.origin : { source: nearest.source };
}
