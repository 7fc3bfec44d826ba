import { childEnvironment, repositoryRoot } from '@aiq/config';

/** The environment without what would point the platform under test at something else. */
export function systemEnvironment(): Record<string, string> {
  return childEnvironment({
    DATABASE_URL: undefined,
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    SENTRY_DSN: undefined,
    ENV: undefined,
    NODE_ENV: undefined,
    VITEST: undefined,
    NODE_OPTIONS: undefined,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  });
}

/** Where a program that `scripts/system-tools.sh` builds is. */
export const builtToolPath = (variable: 'PROMETHEUS_BIN' | 'OTELCOL_BIN'): string | undefined =>
  childEnvironment({})[variable];

export const inContinuousIntegration = (): boolean => childEnvironment({})['CI'] === 'true';

export { repositoryRoot };

/** Where pictures of the page are kept, by `AIQ_SCREENSHOTS`; without it none are taken. */
export function screenshotDirectory(): string | undefined {
  return childEnvironment({})['AIQ_SCREENSHOTS'] || undefined;
}
