import type { z } from 'zod';
import { parseTree } from './coercion.ts';
import { ConfigError } from './config-error.ts';
import { emptyMap, variableNode } from './config-tree.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Environment } from './environment-name.ts';
import { knownKeys } from './known-keys.ts';
import { schemaProblems } from './schema-problems.ts';
import { variableText } from './variable-text.ts';

/**
 * Loads settings that are variables only: the keys of the schema are their names.
 *
 * Text becomes a number or a boolean where the schema wants one; empty text counts as unset.
 * Variables that the schema does not know are ignored. The result is frozen.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function loadEnvironment<S extends z.ZodType>(
  schema: S,
  environment: Environment = process.env,
): z.output<S> {
  const entries = knownKeys(schema).flatMap((name) => {
    const text = variableText(environment, name);
    return text ? [[name, variableNode(name, text)] as const] : [];
  });
  const root = { ...emptyMap({ source: 'environment' }), entries: new Map(entries) };
  const result = parseTree(schema, root);
  if (result.success) return deepFreeze(result.value);
  const problems = schemaProblems(result.issues, { schema, root, variables: {} });
  throw new ConfigError(
    problems.map((problem) => ({ ...problem, variable: problem.variable ?? problem.path })),
  );
}
