import { join } from 'node:path';
import { configDirectory, type Environment, loadConfig } from '@aiq/config';
import { z } from 'zod';

const mebibyte = 2 ** 20;
const count = z.int().min(1).max(10_000_000);

const schema = z.strictObject({
  http: z.strictObject({
    /** 0 lets the system choose. The address is always 127.0.0.1. */
    port: z.int().min(0).max(65_535),
    /** Of one request, before and after decompression. */
    bodyBytesMax: z
      .int()
      .min(1_024)
      .max(256 * mebibyte),
  }),
  store: z.strictObject({
    spansMax: count,
    logsMax: count,
    errorsMax: count,
    /** Series of metrics. */
    seriesMax: count,
    /** Entries of history of one series; what is older is told in longer stretches. */
    historyMax: z.int().min(8).max(10_000),
    /** Estimated memory of each store: spans, logs, errors, series. */
    bytesMax: z.int().min(mebibyte),
  }),
});

export interface ConsoleConfig {
  readonly port: number;
  readonly limits: z.output<typeof schema>['store'] & { readonly bodyBytesMax: number };
}

/**
 * Loads the console's configuration: config/console/default.yaml, variables over it.
 *
 * @throws {ConfigError} invalid_configuration with all problems at once.
 */
export function loadConsoleConfig(environment: Environment = process.env): ConsoleConfig {
  const { http, store } = loadConfig({
    schema,
    files: [{ path: join(configDirectory, 'console', 'default.yaml') }],
    environment,
  });
  return { port: http.port, limits: { ...store, bodyBytesMax: http.bodyBytesMax } };
}
