import { join } from 'node:path';
import {
  childEnvironment,
  configDirectory,
  type Environment,
  type ExplainedSetting,
  environmentName,
  explainConfig,
  loadConfig,
} from '@aiq/config';
import type { TraceContext } from '../observability.ts';
import { fromTraceEnvironment } from '../traces/trace-environment.ts';
import { findConflicts, isSwitchOverruled, type VariableConflict } from './conflicts.ts';
import { type ObservabilityConfig, observabilitySchema } from './schema.ts';
import { variables } from './variables.ts';

export type DeploymentEnvironment = ReturnType<typeof environmentName>;

/** A configuration with what is known about the process. */
export interface Settings {
  readonly service: string;
  readonly deployment: DeploymentEnvironment;
  readonly config: ObservabilityConfig;
  /** A program that is run and ends, as against a service. */
  readonly isCommand: boolean;
  /** The trace that a command was started in. */
  readonly inherited?: TraceContext;
  /** A command's place among those that run at once; see `takeCommandSlot`. */
  readonly commandSlot?: number | undefined;
  /** Variables that contradict each other, to be told at start. */
  readonly conflicts?: readonly VariableConflict[];
}

export interface SettingsOptions {
  readonly service: string;
  /** @default false */
  readonly isCommand?: boolean;
  /** Holds `default.yaml` and `<service>.yaml`. @default <root>/config/observability */
  readonly directory?: string;
  /** @default process.env */
  readonly environment?: Environment;
}

/**
 * Reads `default.yaml`, `<service>.yaml` and the environment, later over earlier.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function loadSettings(options: SettingsOptions): Settings {
  return toSettings(loadConfig(sourcesOf(options)), options);
}

/**
 * What `loadSettings` gives, with the source of each value.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function explainSettings(options: SettingsOptions): {
  readonly settings: Settings;
  readonly explained: readonly ExplainedSetting[];
} {
  const { value, settings } = explainConfig(sourcesOf(options));
  return { settings: toSettings(value, options), explained: settings };
}

function sourcesOf({ service, environment, ...options }: SettingsOptions) {
  const directory = options.directory ?? join(configDirectory, 'observability');
  return {
    schema: observabilitySchema,
    files: [
      { path: join(directory, 'default.yaml') },
      { path: join(directory, `${service}.yaml`), optional: true },
    ],
    variables,
    ...(environment === undefined ? {} : { environment }),
  };
}

function toSettings(loaded: ObservabilityConfig, options: SettingsOptions): Settings {
  const { service, isCommand = false, environment } = options;
  const variablesGiven = environment ?? childEnvironment({});
  const conflicts = findConflicts(variablesGiven);
  const { disabled } = loaded;
  const config = isSwitchOverruled(conflicts) ? { ...loaded, enabled: !disabled } : loaded;
  return {
    service,
    config,
    isCommand,
    deployment: environmentName(environment),
    conflicts,
    ...(isCommand ? { inherited: fromTraceEnvironment(variablesGiven) } : {}),
  };
}

/** What can be said of the process where its configuration cannot be read. */
export function loadFallbackSettings(options: SettingsOptions): Settings {
  const { service, isCommand = false, environment } = options;
  const config = observabilitySchema.parse({ enabled: false });
  return { service, config, isCommand, deployment: environmentName(environment) };
}
