import { isMainThread } from 'node:worker_threads';
import { ConfigError, type Environment } from '@aiq/config';
import type { MetricDefinitions } from './catalogue/define-metrics.ts';
import { loadFallbackSettings, loadSettings, type Settings } from './config/settings.ts';
import { createParts } from './create-parts.ts';
import { createFacade } from './facade.ts';
import type { Observability } from './observability.ts';

export interface StartOptions<Metrics extends MetricDefinitions> {
  /** `service.name`, and the name of its layer in the configuration directory. */
  readonly service: string;
  readonly metrics: Metrics;
  /** @default <root>/config/observability */
  readonly configDirectory?: string;
  /** @default process.env */
  readonly environment?: Environment;
  /**
   * `stderr` for commands: their standard output is their result, and their series are not those of the
   * service beside them (`service.instance.id` ends with `-cli-0` to `-cli-7`). @default 'stdout'
   */
  readonly logStream?: 'stdout' | 'stderr';
}

/**
 * Starts telemetry: configuration, providers, exporters, instrumentations. Call it in the file that
 * `node --import` loads, before anything that is to be instrumented.
 *
 * @throws {ConfigError} invalid_configuration in development and test. In production and staging a bad
 * configuration switches telemetry off, says so on standard error, and the service starts.
 */
export async function startObservability<const Metrics extends MetricDefinitions>(
  options: StartOptions<Metrics>,
): Promise<Observability<Metrics>> {
  const { service, metrics, configDirectory, environment, logStream = 'stdout' } = options;
  const source = {
    service,
    isCommand: logStream === 'stderr',
    ...(configDirectory === undefined ? {} : { directory: configDirectory }),
    ...(environment === undefined ? {} : { environment }),
  };
  // A worker thread loads the file of `--import` again; a second pipeline would write the same series.
  const settings = isMainThread ? readSettings(source) : loadFallbackSettings(source);
  return createFacade<Metrics>(await createParts({ settings, metrics, logStream }));
}

function readSettings(source: Parameters<typeof loadSettings>[0]): Settings {
  try {
    return loadSettings(source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const fallback = loadFallbackSettings(source);
    if (fallback.deployment === 'development' || fallback.deployment === 'test') throw error;
    process.stderr.write(`TELEMETRY IS OFF: its configuration is not valid.\n${error.message}\n`);
    return fallback;
  }
}
