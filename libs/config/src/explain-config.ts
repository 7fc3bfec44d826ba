import type { z } from 'zod';
import { type ConfigPath, findNode, formatPath, type MapNode, type Origin } from './config-tree.ts';
import { listSettings } from './list-settings.ts';
import { showValue } from './mask-secrets.ts';
import { type LoadConfigOptions, readConfig } from './read-config.ts';

/** One value of a configuration, and who said so. */
export interface ExplainedSetting {
  /** As `otel.endpoint`. */
  readonly path: string;
  /** As it is to be shown: secrets are `***`. */
  readonly shown: string;
  /** `variable OTEL_EXPORTER`, `<file>:<line>`, `<file>:<line> (variable NAME)`, or `default`. */
  readonly source: string;
}

export interface ExplainedConfig<T> {
  readonly value: T;
  readonly settings: readonly ExplainedSetting[];
}

/**
 * Loads a configuration as `loadConfig` does, and tells for each of its values where it came from.
 *
 * Values that nobody gave are listed too, in the order of the schema.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function explainConfig<S extends z.ZodType>(
  options: LoadConfigOptions<S>,
): ExplainedConfig<z.output<S>> {
  const { value, root } = readConfig(options);
  const settings = listSettings(options.schema).flatMap(({ path }) => {
    const segments = path.split('.');
    return [...leavesOf(at(value, segments), segments)].map((leaf) => explain(root, leaf));
  });
  return { value, settings };
}

interface Leaf {
  readonly path: ConfigPath;
  readonly value: unknown;
}

function explain(root: MapNode, { path, value }: Leaf): ExplainedSetting {
  const { node, nearest } = findNode(root, path);
  // Below a single text, such as `a=1,b=2`, the text is where the value came from.
  const origin = node?.origin ?? (nearest.kind === 'scalar' ? nearest.origin : undefined);
  const isUnset = value === undefined || isEmptyMap(value);
  return {
    path: formatPath(path),
    shown: isUnset ? 'not set' : showValue(value, path, origin?.variable),
    source: origin === undefined ? 'default' : sourceOf(origin),
  };
}

function sourceOf({ source, line, variable }: Origin): string {
  if (source === 'environment') return `variable ${variable ?? '?'}`;
  const place = line === undefined ? source : `${source}:${line}`;
  return variable === undefined ? place : `${place} (variable ${variable})`;
}

/** The values below a value: those of a map with free keys one by one. */
function* leavesOf(value: unknown, path: ConfigPath): Generator<Leaf> {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isMap ? Object.entries(value) : [];
  if (entries.length === 0) yield { path, value };
  for (const [key, child] of entries) yield* leavesOf(child, [...path, key]);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
