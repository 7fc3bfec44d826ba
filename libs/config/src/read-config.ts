import type { z } from 'zod';
import { parseTree } from './coercion.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import {
  type ConfigNode,
  emptyMap,
  type MapNode,
  mergeNodes,
  variableNode,
  withNode,
} from './config-tree.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Environment } from './environment-name.ts';
import { faultProblems, schemaProblems } from './schema-problems.ts';
import { variableText } from './variable-text.ts';
import { readYamlLayer } from './yaml-layer.ts';

export interface LoadConfigOptions<S extends z.ZodType> {
  /** `z.strictObject`, so that unknown keys are errors. */
  readonly schema: S;
  /** Layers in rising order: a later file wins. A missing optional file is skipped. */
  readonly files: readonly { readonly path: string; readonly optional?: boolean }[];
  /** @default process.env */
  readonly environment?: Environment;
  /**
   * Configuration path → names of variables, of which the first that is set wins over all files.
   * Text becomes a number or a boolean where the schema wants one; empty text counts as unset.
   * @default {}
   */
  readonly variables?: Readonly<Record<string, readonly string[]>>;
}

/** A configuration with the tree it was made from. */
export interface ReadConfig<S extends z.ZodType> {
  readonly value: z.output<S>;
  /** What was written, where: without the schema's defaults. */
  readonly root: MapNode;
}

/** Reads files and variables, and has the schema check them. @throws {ConfigError} invalid_configuration. */
export function readConfig<S extends z.ZodType>(options: LoadConfigOptions<S>): ReadConfig<S> {
  const { schema, files, environment = process.env, variables = {} } = options;
  const layers = files.map((file) => readYamlLayer(file, environment));
  const problems: ConfigProblem[] = layers.flatMap((layer) => layer.problems);
  const nodes = layers.flatMap((layer) => (layer.node ? [layer.node] : []));
  const source = files.at(-1)?.path ?? 'environment';
  const merged = nodes.reduce<ConfigNode>(mergeNodes, emptyMap({ source }));
  const overridden = applyVariables(merged, variables, environment);
  const root = overridden.root;
  problems.push(...overridden.problems, ...faultProblems(root));
  const result = parseTree(schema, root);
  if (result.success && problems.length === 0) {
    return { value: deepFreeze(result.value), root };
  }
  // Without one of its files the rest of a configuration is wrong in ways that mean nothing.
  const isWhole = layers.every((layer) => layer.problems.length === 0);
  if (!result.success && isWhole) {
    problems.push(...schemaProblems(result.issues, { schema, root, variables }));
  }
  throw new ConfigError(problems);
}

function applyVariables(
  merged: ConfigNode,
  variables: Readonly<Record<string, readonly string[]>>,
  environment: Environment,
): { root: MapNode; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  let root = merged as MapNode;
  for (const [path, names] of Object.entries(variables)) {
    const name = names.find((candidate) => variableText(environment, candidate));
    if (name === undefined) continue;
    const leaf = variableNode(name, variableText(environment, name) ?? '');
    const changed = withNode(root, path.split('.'), leaf);
    if (changed) {
      root = changed as MapNode;
      continue;
    }
    const expected = `maps on the way to ${path}`;
    problems.push({ ...leaf.origin, path, expected, actual: 'a list or a single value' });
  }
  return { root, problems };
}
