import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { compileCacheDirectory } from './compile-cache.ts';
import type { DevVariables } from './dev.config.ts';
import type { ServiceDefinition } from './service.ts';

export interface Ports {
  readonly console: number;
  readonly backend: number;
  readonly questionService: number;
}

interface Options {
  readonly ports: Ports;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: DevVariables;
}

/**
 * The services and the environment they share. They know the console only as an OTLP endpoint and a DSN:
 * set `OTEL_EXPORTER_OTLP_ENDPOINT` or `SENTRY_DSN`, and another backend takes its place.
 */
export function describeServices({ ports, secrets, variables }: Options) {
  const address = (port: number): string => `http://127.0.0.1:${port}`;
  const endpoint = variables.OTEL_EXPORTER_OTLP_ENDPOINT;
  const traceUrl =
    variables.OBSERVABILITY_TRACE_URL ??
    (endpoint === undefined ? `${address(ports.console)}/api/traces/{traceId}` : undefined);
  const environment: Record<string, string> = {
    ENV: 'development',
    NODE_COMPILE_CACHE: compileCacheDirectory,
    BACKEND_URL: address(ports.backend),
    BACKEND_PORT: String(ports.backend),
    QUESTION_SERVICE_PORT: String(ports.questionService),
    CONSOLE_PORT: String(ports.console),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint ?? address(ports.console),
    ...(traceUrl === undefined ? {} : { OBSERVABILITY_TRACE_URL: traceUrl }),
    OTEL_METRIC_EXPORT_INTERVAL: variables.OTEL_METRIC_EXPORT_INTERVAL,
    SENTRY_DSN: variables.SENTRY_DSN ?? `http://development@127.0.0.1:${ports.console}/1`,
    ...secrets,
  };
  const define = (
    name: string,
    port: number,
    options: { args: string[]; libraries: string[]; databaseUrl?: string },
  ): ServiceDefinition => ({
    name,
    directory: join(repositoryRoot, 'apps', name),
    args: options.args,
    url: address(port),
    environment: options.databaseUrl
      ? { ...environment, DATABASE_URL: options.databaseUrl }
      : environment,
    watched: [
      join(repositoryRoot, 'apps', name, 'src'),
      ...options.libraries.map((library) => join(repositoryRoot, 'libs', library, 'src')),
      join(repositoryRoot, 'config'),
    ],
  });
  const instrumented = {
    args: ['--import', './src/instrument.ts', 'src/server.ts'],
    libraries: ['config', 'database', 'observability'],
  };
  return {
    environment,
    console: () =>
      define('console', ports.console, { args: ['src/server.ts'], libraries: ['config'] }),
    backend: (databaseUrl: string) =>
      define('backend', ports.backend, { ...instrumented, databaseUrl }),
    questionService: (databaseUrl: string) =>
      define('question-service', ports.questionService, { ...instrumented, databaseUrl }),
  };
}
