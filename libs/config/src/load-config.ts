import type { z } from 'zod';
import { type LoadConfigOptions, readConfig } from './read-config.ts';

export type { LoadConfigOptions } from './read-config.ts';

/**
 * Loads a configuration: YAML layers, `${NAME}` and `${NAME:default}` in them, variables over them,
 * the schema, and a result that is frozen at every depth.
 *
 * Maps are merged, lists and scalars of a later layer replace. A placeholder that is a whole value
 * and comes out empty leaves its key unset. Placeholders of values that a later layer replaces
 * need no variable.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once, each with the file it came from.
 */
export function loadConfig<S extends z.ZodType>(options: LoadConfigOptions<S>): z.output<S> {
  return readConfig(options).value;
}
