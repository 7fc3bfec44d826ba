import type { z } from 'zod';
import {
  type ConfigPath,
  findNode,
  type MapNode,
  type ScalarNode,
  toValue,
} from './config-tree.ts';

/** What a schema made of a tree: `value` or `issues`. */
export type ParsedTree<T> =
  | { readonly success: true; readonly value: T }
  | { readonly success: false; readonly issues: readonly z.core.$ZodIssue[] };

type Wanted = 'number' | 'boolean' | readonly unknown[];

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const booleans: ReadonlyMap<string, boolean> = new Map(
  Object.entries({ true: true, yes: true, on: true, '1': true }).concat(
    Object.entries({ false: false, no: false, off: false, '0': false }),
  ),
);

/**
 * Parses a tree; where the schema refuses the text of a variable for not being a number or a
 * boolean, the text is read as one and the tree is parsed again.
 *
 * Text that is not exactly a number or a boolean is left as it is, and stays an issue.
 */
export function parseTree<S extends z.ZodType>(schema: S, root: MapNode): ParsedTree<z.output<S>> {
  const substitutes = new Map<ScalarNode, unknown>();
  // Each round settles at least one more text, so this ends.
  for (;;) {
    const result = schema.safeParse(toValue(root, substitutes));
    if (result.success) return { success: true, value: result.data };
    const before = substitutes.size;
    for (const { path, wanted } of wantedTypes(result.error.issues)) {
      const { node } = findNode(root, path);
      if (node?.kind !== 'scalar' || !node.isVariableText || substitutes.has(node)) continue;
      const value = coerce(String(node.value), wanted);
      if (value !== undefined) substitutes.set(node, value);
    }
    if (substitutes.size === before) return { success: false, issues: result.error.issues };
  }
}

/** Reads text as a number (decimal, finite), as a boolean, or as one of some values; else `undefined`. */
export function coerce(text: string, wanted: Wanted): unknown {
  const trimmed = text.trim();
  if (wanted === 'boolean') return booleans.get(trimmed.toLowerCase());
  const number = decimal.test(trimmed) ? Number(trimmed) : Number.NaN;
  const asNumber = Number.isFinite(number) ? number : undefined;
  if (wanted === 'number') return asNumber;
  return [asNumber, booleans.get(trimmed.toLowerCase())].find(
    (value) => value !== undefined && wanted.includes(value),
  );
}

function* wantedTypes(
  issues: readonly z.core.$ZodIssue[],
  base: ConfigPath = [],
): Generator<{ path: ConfigPath; wanted: Wanted }> {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_type') {
      if (issue.expected === 'number' || issue.expected === 'int') yield { path, wanted: 'number' };
      if (issue.expected === 'boolean') yield { path, wanted: 'boolean' };
    }
    if (issue.code === 'invalid_value') yield { path, wanted: issue.values };
    if (issue.code === 'invalid_union') {
      // A discriminator that no branch knows may be a boolean or a number that came as text.
      if (issue.errors.length === 0) {
        yield { path, wanted: [true, false] };
        yield { path, wanted: 'number' };
      }
      for (const branch of issue.errors) yield* wantedTypes(branch, path);
    }
  }
}
