import type { z } from 'zod';
import type { ConfigPath } from './config-tree.ts';

type Schema = z.core.$ZodType;

/** The parts of zod's definitions that lead from a schema to the schemas inside it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly items?: readonly Schema[];
  readonly options?: readonly Schema[];
  readonly left?: Schema;
  readonly right?: Schema;
  readonly in?: Schema;
  readonly out?: Schema;
  readonly getter?: () => Schema;
}

/** Lists the keys a schema knows at a path, over all branches of unions. */
export function knownKeys(schema: Schema, path: ConfigPath = []): readonly string[] {
  const shapes = path
    .reduce<readonly Definition[]>(
      (definitions, segment) =>
        definitions.flatMap((definition) => step(definition, segment)).flatMap(unwrap),
      unwrap(schema),
    )
    .map((definition) => definition.shape ?? {});
  return [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
}

/** Picks the known words that were probably meant, best first, at most three. */
export function closeWords(word: string, known: readonly string[]): readonly string[] {
  const wanted = plain(word);
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition;
}

/** Goes through optional, default, lazy, pipes and unions to what gives the shape. */
function unwrap(schema: Schema): readonly Definition[] {
  const definition = definitionOf(schema);
  if (definition.innerType) return unwrap(definition.innerType);
  if (definition.getter) return unwrap(definition.getter());
  if (definition.options) return definition.options.flatMap(unwrap);
  if (definition.left && definition.right) {
    return [...unwrap(definition.left), ...unwrap(definition.right)];
  }
  // z.preprocess is a pipe from a transformation: its schema is the far end.
  if (definition.in && definition.out) {
    const isPreprocess = definitionOf(definition.in).type === 'transform';
    return unwrap(isPreprocess ? definition.out : definition.in);
  }
  return [definition];
}

function step(definition: Definition, segment: PropertyKey): readonly Schema[] {
  const key = String(segment);
  const inShape =
    definition.shape && Object.hasOwn(definition.shape, key) ? definition.shape[key] : undefined;
  const next =
    inShape ?? definition.element ?? definition.valueType ?? definition.items?.[Number(segment)];
  return next ? [next] : [];
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

/** Levenshtein distance: the least number of letters to insert, delete or replace. */
function distanceOf(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const inserted = (current[column] ?? 0) + 1;
      const deleted = (previous[column + 1] ?? 0) + 1;
      current.push(Math.min(replaced, inserted, deleted));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
