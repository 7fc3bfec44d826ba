import { loadEnvironment } from '@aiq/config';
import { z } from 'zod';
import type { AppOptions } from './app.ts';

const mebibyte = 2 ** 20;
const count = (byDefault: number) => z.number().int().min(1).max(10_000_000).default(byDefault);

const schema = z.object({
  /** 0 lets the system choose. */
  CONSOLE_PORT: z.number().int().min(0).max(65_535).default(4318),
  CONSOLE_SPANS_MAX: count(50_000),
  CONSOLE_LOGS_MAX: count(20_000),
  CONSOLE_ERRORS_MAX: count(1_000),
  CONSOLE_SERIES_MAX: count(20_000),
  /** Estimated memory of each store: spans, logs, errors, series. */
  CONSOLE_STORE_BYTES_MAX: z
    .number()
    .int()
    .min(mebibyte)
    .default(128 * mebibyte),
  /** Of one request, before and after decompression. */
  CONSOLE_BODY_BYTES_MAX: z
    .number()
    .int()
    .min(1_024)
    .max(256 * mebibyte)
    .default(16 * mebibyte),
});

export interface ConsoleConfig {
  readonly port: number;
  readonly limits: AppOptions['limits'];
}

/** @throws {ConfigError} invalid_configuration with all problems at once. */
export function loadConsoleConfig(
  environment?: Parameters<typeof loadEnvironment>[1],
): ConsoleConfig {
  const values = loadEnvironment(schema, environment);
  return {
    port: values.CONSOLE_PORT,
    limits: {
      spansMax: values.CONSOLE_SPANS_MAX,
      logsMax: values.CONSOLE_LOGS_MAX,
      errorsMax: values.CONSOLE_ERRORS_MAX,
      seriesMax: values.CONSOLE_SERIES_MAX,
      bytesMax: values.CONSOLE_STORE_BYTES_MAX,
      bodyBytesMax: values.CONSOLE_BODY_BYTES_MAX,
    },
  };
}
