import { join } from 'node:path';
import { configDirectory, type Environment, environmentName, loadConfig } from '@aiq/config';
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
  const { service, isCommand = false, environment } = options;
  const directory = options.directory ?? join(configDirectory, 'observability');
  const config = loadConfig({
    schema: observabilitySchema,
    files: [
      { path: join(directory, 'default.yaml') },
      { path: join(directory, `${service}.yaml`), optional: true },
    ],
    variables,
    ...(environment === undefined ? {} : { environment }),
  });
  return { service, config, isCommand, deployment: environmentName(environment) };
}

/** What can be said of the process where its configuration cannot be read. */
export function loadFallbackSettings(options: SettingsOptions): Settings {
  const { service, isCommand = false, environment } = options;
  const config = observabilitySchema.parse({ enabled: false });
  return { service, config, isCommand, deployment: environmentName(environment) };
}
