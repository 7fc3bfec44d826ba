import type {
  TestSessionAnswer,
  TestSessionSummary,
  TestSessionsAnswer,
} from '../api/contract/runs.ts';
import type { MetricSeries } from '../store/metric-model.ts';
import type { Span } from '../store/model.ts';
import { histogramQuantile } from '../store/quantiles.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { textOfValue } from './attributes-match.ts';
import { pageOf } from './page.ts';
import { RequestTally } from './request-tally.ts';
import { type TestSessionStep, testSessionOf } from './test-session-request.ts';
import { durationMs, isoOf, isoOfNanos, millisecondsOf } from './time.ts';

const requestsMax = 500;

interface Request {
  readonly span: Span;
  readonly step: TestSessionStep;
}

/** Test sessions by their last request, newest first, and what metrics say of all. */
export function listTestSessions(
  store: TelemetryStore,
  query: { limit: number; cursor?: string | undefined },
): TestSessionsAnswer {
  const page = pageOf(sessionsOf(store), {
    ...query,
    positionOf: ([sessionId, requests]) => ({ rank: endMsOf(requests), id: sessionId }),
  });
  return {
    sessions: page.items.map(([sessionId, requests]) => summarize(sessionId, requests)),
    total: page.total,
    nextCursor: page.nextCursor,
    metrics: metricsOf(store),
  };
}

/** @returns undefined where no request of that session is stored. */
export function showTestSession(
  store: TelemetryStore,
  sessionId: string,
): TestSessionAnswer | undefined {
  const requests = sessionsOf(store).get(sessionId);
  if (requests === undefined) return undefined;
  return {
    ...summarize(sessionId, requests),
    requests: requests.slice(0, requestsMax).map(({ span, step }) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      time: isoOfNanos(span.startNanos),
      name: span.name,
      step,
      statusCode: statusCodeOf(span),
      status: span.status,
      durationMs: durationMs(span.startNanos, span.endNanos),
    })),
  };
}

/** Requests of each session in order of start. */
function sessionsOf({ traces }: TelemetryStore): Map<string, Request[]> {
  const sessions = new Map<string, Request[]>();
  for (const { spans } of traces.list()) {
    for (const { span } of spans.values()) {
      const request = testSessionOf(span);
      if (request === undefined) continue;
      const known = sessions.get(request.sessionId) ?? [];
      known.push({ span, step: request.step });
      sessions.set(request.sessionId, known);
    }
  }
  for (const requests of sessions.values()) {
    requests.sort((a, b) => Number(a.span.startNanos - b.span.startNanos));
  }
  return sessions;
}

function summarize(sessionId: string, requests: readonly Request[]): TestSessionSummary {
  const tally = new RequestTally();
  for (const { span } of requests) tally.add(span);
  const { p50Ms, p95Ms } = tally.summary(1);
  const codes = requests.map(({ span }) => statusCodeOf(span) ?? 0);
  const startMs = millisecondsOf(requests[0]?.span.startNanos ?? 0n);
  return {
    sessionId,
    firstSeen: isoOf(startMs),
    lastSeen: isoOf(endMsOf(requests)),
    state: stateOf(requests),
    requestCount: requests.length,
    responseCount: requests.filter(({ span, step }) => step === 'response' && isOk(span)).length,
    refusedCount: codes.filter((code) => code >= 400).length,
    errorCount: requests.filter(({ span }) => span.status === 'error').length,
    p50Ms,
    p95Ms,
  };
}

function stateOf(requests: readonly Request[]): TestSessionSummary['state'] {
  const accepted = (wanted: TestSessionStep) =>
    requests.some(({ span, step }) => step === wanted && isOk(span));
  if (accepted('result')) return 'completed';
  return accepted('abandon') ? 'abandoned' : 'active';
}

function isOk(span: Span): boolean {
  const code = statusCodeOf(span);
  return code !== null && code >= 200 && code < 300;
}

function statusCodeOf({ attributes }: Span): number | null {
  const code = attributes['http.response.status_code'];
  return typeof code === 'number' ? code : null;
}

function endMsOf(requests: readonly Request[]): number {
  return requests.reduce((latest, { span }) => Math.max(latest, millisecondsOf(span.endNanos)), 0);
}

function metricsOf({ metrics }: TelemetryStore): TestSessionsAnswer['metrics'] {
  const levels = (name: string) => {
    const series = metrics.list({ name }).filter(({ door }) => door === 'otlp');
    const byMode = Map.groupBy(series, ({ labels }) => textOfValue(labels['adaptive']));
    return [...byMode].map(([adaptive, members]) => ({ adaptive, value: levelOf(members) }));
  };
  return {
    started: levels('test.sessions.started'),
    completed: levels('test.sessions.completed'),
    abandoned: levels('test.sessions.abandoned'),
    active: levels('test.sessions.active'),
    durationSecondsP50: levels('test.sessions.duration'),
    scoreP50: levels('test.score'),
  };
}

/** Of instances: counters add up; a gauge is read from the database and the same in all; of histograms the median of the newest. */
function levelOf(series: readonly MetricSeries[]): number | null {
  const newest = series.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)[0]?.data;
  switch (newest?.type) {
    case 'gauge':
      return newest.value;
    case 'histogram':
      return histogramQuantile(newest.value, 0.5)?.value ?? null;
    case 'sum':
      return series.reduce((sum, { data }) => sum + (data.type === 'sum' ? data.value : 0), 0);
    default:
      return null;
  }
}
