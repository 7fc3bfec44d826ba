import { setTimeout as sleep } from 'node:timers/promises';

/** What is needed to read telemetry back, beside what is needed to send it. */
export const liveVariables = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'SENTRY_DSN',
  'LIVE_GRAFANA_URL',
  'LIVE_GRAFANA_TOKEN',
  'LIVE_SENTRY_URL',
  'LIVE_SENTRY_TOKEN',
] as const;
export type LiveVariables = Readonly<Record<(typeof liveVariables)[number], string>>;

/** What was sent, and is looked for. */
export interface Sent {
  readonly runId: string;
  readonly traceId: string;
  readonly eventId: string;
  readonly atSeconds: number;
}

export interface Reading {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  /** Whether the answer has what was sent. */
  readonly isFound: (body: string) => boolean;
}

/** Where each signal is to be found: Grafana Cloud by the data sources of its stack, Sentry by its API. */
export function readingsOf(sent: Sent, variables: LiveVariables): readonly Reading[] {
  const { runId, traceId, eventId, atSeconds } = sent;
  const source = (uid: string, path: string): string =>
    `${variables.LIVE_GRAFANA_URL.replace(/\/+$/, '')}/api/datasources/proxy/uid/grafanacloud-${uid}/${path}`;
  const query = encodeURIComponent;
  const token = variables.LIVE_GRAFANA_TOKEN;
  return [
    {
      name: 'trace',
      url: source('traces', `api/traces/${traceId}`),
      token,
      isFound: (body) => body.includes('live.check'),
    },
    {
      name: 'metric',
      url: source('prom', `api/v1/query?query=${query('max(live_checked_at_seconds)')}`),
      token,
      isFound: (body) => body.includes(`"${atSeconds}"`),
    },
    {
      name: 'log',
      url: source(
        'logs',
        `loki/api/v1/query_range?query=${query(`{service_name="aiq-live"} |= "${runId}"`)}`,
      ),
      token,
      isFound: (body) => body.includes(`live check ${runId}`),
    },
    {
      name: 'error',
      url: `${variables.LIVE_SENTRY_URL.replace(/\/+$/, '')}/events/${eventId}/`,
      token: variables.LIVE_SENTRY_TOKEN,
      isFound: (body) => body.includes(eventId) && body.includes(traceId),
    },
  ];
}

/** Asks until the answer has what was sent; gives undefined then, or why it never had. */
export async function readBack(
  { url, token, isFound }: Reading,
  { timeoutMs, intervalMs }: { readonly timeoutMs: number; readonly intervalMs: number },
): Promise<string | undefined> {
  const deadline = performance.now() + timeoutMs;
  let reason = 'not asked';
  while (performance.now() < deadline) {
    try {
      const signal = AbortSignal.timeout(Math.min(10_000, timeoutMs));
      const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
      if (reply.ok && isFound(await reply.text())) return undefined;
      reason = reply.ok ? 'not there yet' : `${new URL(url).host} answered ${reply.status}`;
    } catch (error) {
      reason = String(error);
    }
    await sleep(intervalMs);
  }
  return reason;
}
