/** @module A configuration that remembers, for every value, where it was written. */

/** Where a value was written. */
export interface Origin {
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
  readonly variable?: string;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ConfigNode>;
  readonly origin: Origin;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
  readonly origin: Origin;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: unknown;
  readonly origin: Origin;
  /** The value is text of a variable: what the schema expects decides whether it is a number or a boolean. */
  readonly isVariableText?: boolean;
  /** What was wrong with the value before any schema saw it. */
  readonly faults?: readonly Fault[];
}

export interface Fault {
  readonly expected: string;
  readonly actual: string;
  readonly variable?: string;
}

export type ConfigNode = MapNode | ListNode | ScalarNode;

export type ConfigPath = readonly PropertyKey[];

/** Lays `upper` over `lower`: maps are merged at every depth; lists and scalars replace. */
export function mergeNodes(lower: ConfigNode, upper: ConfigNode): ConfigNode {
  if (lower.kind !== 'map' || upper.kind !== 'map') return upper;
  const entries = new Map(lower.entries);
  for (const [key, node] of upper.entries) {
    const below = entries.get(key);
    entries.set(key, below ? mergeNodes(below, node) : node);
  }
  return { kind: 'map', entries, origin: upper.origin };
}

/** Finds the node at a path, and the deepest node that exists on the way to it. */
export function findNode(
  root: ConfigNode,
  path: ConfigPath,
): { node: ConfigNode | undefined; nearest: ConfigNode } {
  let nearest = root;
  for (const segment of path) {
    const next = childOf(nearest, segment);
    if (!next) return { node: undefined, nearest };
    nearest = next;
  }
  return { node: nearest, nearest };
}

/**
 * Gives the tree with `leaf` at `path`; missing and empty (`null`) maps on the way are made.
 *
 * @returns `undefined` when a list or a scalar stands on the way.
 */
export function withNode(
  root: ConfigNode | undefined,
  path: readonly string[],
  leaf: ConfigNode,
): ConfigNode | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  const map = !root || isNull(root) ? emptyMap(leaf.origin) : root;
  if (map.kind !== 'map') return undefined;
  const child = withNode(map.entries.get(key), rest, leaf);
  if (!child) return undefined;
  return { ...map, entries: new Map(map.entries).set(key, child) };
}

/** A map without keys. */
export function emptyMap(origin: Origin): MapNode {
  return { kind: 'map', entries: new Map(), origin };
}

/** The text of a variable, as a node. */
export function variableNode(variable: string, text: string): ScalarNode {
  const origin = { source: 'environment', variable };
  return { kind: 'scalar', value: text, origin, isVariableText: true };
}

/** Visits every scalar below a node, with its path. */
export function* scalarsOf(
  node: ConfigNode,
  path: ConfigPath = [],
): Generator<{ node: ScalarNode; path: ConfigPath }> {
  if (node.kind === 'scalar') {
    yield { node, path };
    return;
  }
  const children = node.kind === 'map' ? node.entries : node.items.entries();
  for (const [key, child] of children) yield* scalarsOf(child, [...path, key]);
}

/** Gives the plain value; `substitutes` stand in for the scalars they name. */
export function toValue(
  node: ConfigNode,
  substitutes: ReadonlyMap<ScalarNode, unknown> = new Map(),
): unknown {
  if (node.kind === 'scalar') return substitutes.has(node) ? substitutes.get(node) : node.value;
  if (node.kind === 'list') return node.items.map((item) => toValue(item, substitutes));
  // fromEntries defines own properties, so a key named __proto__ stays a key.
  return Object.fromEntries(
    [...node.entries].map(([key, child]) => [key, toValue(child, substitutes)]),
  );
}

/** Writes a path as people do: `models[2].price`. */
export function formatPath(path: ConfigPath): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return text === '' ? String(segment) : `${text}.${String(segment)}`;
  }, '');
}

function isNull(node: ConfigNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function childOf(node: ConfigNode, segment: PropertyKey): ConfigNode | undefined {
  if (node.kind === 'map') return node.entries.get(String(segment));
  if (node.kind === 'list') return node.items[Number(segment)];
  return undefined;
}
