import type { Settings } from './settings.ts';

/**
 * Where a trace is shown, with `{traceId}` for its id. Unset, it is the API of a laptop's console where traces
 * go there, and nothing elsewhere.
 */
export function findTraceUrl({ config, deployment }: Settings): string | undefined {
  const { url } = config.traces;
  const { endpoint, developmentEndpoint } = config.otel;
  if (url !== undefined) return url;
  const isConsole = deployment === 'development' && endpoint === undefined;
  return isConsole ? `${developmentEndpoint}/api/traces/{traceId}` : undefined;
}
