import type { Settings } from './settings.ts';

/** Where OTLP goes. Unset, it is the console of a laptop in development, and nothing elsewhere. */
export function findOtlpEndpoint({ config, deployment }: Settings): string | undefined {
  const { endpoint, developmentEndpoint, exporter } = config.otel;
  if (endpoint !== undefined || exporter !== 'otlp') return endpoint;
  return deployment === 'development' ? developmentEndpoint : undefined;
}
