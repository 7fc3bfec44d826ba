import { loadEnvironment } from '@aiq/config';
import { z } from 'zod';

const port = (fallback: number) =>
  z.coerce.number().int().min(1).max(65_535).default(fallback).describe('a port, 1 to 65535');

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BACKEND_PORT: port(8000),
  QUESTION_SERVICE_PORT: port(8001),
  CONSOLE_PORT: port(4318),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  SENTRY_DSN: z.url().optional(),
  OBSERVABILITY_TRACE_URL: z.string().optional(),
  OTEL_METRIC_EXPORT_INTERVAL: z.string().default('5000'),
  NO_COLOR: z.string().optional(),
});

export type DevVariables = z.output<typeof variables>;

/** What the person at the keyboard set; everything has a default that suits a laptop. */
export function loadDevVariables(): DevVariables {
  return loadEnvironment(variables);
}
