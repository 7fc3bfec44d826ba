import { listSettings } from '@aiq/config';
import { descriptions } from './descriptions.ts';
import { observabilitySchema } from './schema.ts';
import { loadSettings } from './settings.ts';
import { variables } from './variables.ts';

/** One setting, for the reference. */
export interface ConfigurationEntry {
  /** As in YAML: `otel.endpoint`. */
  readonly path: string;
  /** The variable over it; absent where only YAML sets it. */
  readonly variable?: string;
  /** Further names for the variable, that are read where it is unset. */
  readonly aliases: readonly string[];
  readonly takes: string;
  readonly description: string;
  /** What this repository's `default.yaml` and the schema give; absent = not set. */
  readonly inDevelopment?: string;
  readonly inProduction?: string;
}

/** Every setting of telemetry in the order of the schema, with its defaults for a service without a layer of its own. */
export function describeConfiguration(): readonly ConfigurationEntry[] {
  const development = defaultsIn('development');
  const production = defaultsIn('production');
  return listSettings(observabilitySchema).map(({ path, takes }) => {
    const [variable, ...aliases] = variables[path] ?? [];
    const inDevelopment = textAt(development, path);
    const inProduction = textAt(production, path);
    return {
      path,
      aliases,
      takes,
      description: descriptions[path] ?? '',
      ...(variable === undefined ? {} : { variable }),
      ...(inDevelopment === undefined ? {} : { inDevelopment }),
      ...(inProduction === undefined ? {} : { inProduction }),
    };
  });
}

function defaultsIn(ENV: string): unknown {
  return loadSettings({ service: 'default', environment: { ENV } }).config;
}

function textAt(config: unknown, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], config);
  if (value === undefined) return undefined;
  if (typeof value === 'object') return Object.keys(value ?? {}).length === 0 ? undefined : 'set';
  return String(value);
}
