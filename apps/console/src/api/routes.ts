import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Reception } from '../store/reception.ts';
import type { StoreLimits, TelemetryStore } from '../store/telemetry-store.ts';
import { toErrorView } from './error-view.ts';
import { toLogView } from './log-view.ts';
import { toSeriesView } from './metric-view.ts';
import {
  errorParameters,
  errorQuery,
  logQuery,
  metricQuery,
  parseInput,
  traceParameters,
  traceQuery,
} from './queries.ts';
import { listTraces } from './trace-summary.ts';
import { toTraceView } from './trace-view.ts';

export interface ApiRoutesOptions {
  readonly store: TelemetryStore;
  readonly reception: Reception;
  readonly limits: StoreLimits & { readonly bodyBytesMax: number };
  readonly memoryUsage: () => { rss: number; heapUsed: number };
}

/** What was received, as JSON. */
export async function apiRoutes(app: FastifyInstance, options: ApiRoutesOptions) {
  const { store } = options;

  app.get('/', async () => ({ name: 'AIQ console', endpoints }));
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/api/health', async () => toHealth(options));

  app.get('/api/traces', async (request) =>
    listTraces(store.traces.list(), parseInput(traceQuery, request.query)),
  );

  app.get('/api/traces/:id', async (request) => {
    const { id } = parseInput(traceParameters, request.params);
    const trace = store.traces.find(id);
    if (trace === undefined) {
      throw new Problem(404, 'trace_not_found', { detail: `No span of trace ${id} is stored.` });
    }
    return toTraceView(trace, store);
  });

  app.get('/api/errors', async (request) => {
    const { errors, total } = store.errors.list(parseInput(errorQuery, request.query));
    return { errors: errors.map(toErrorView), total };
  });

  app.get('/api/errors/:id', async (request) => {
    const { id } = parseInput(errorParameters, request.params);
    const error = store.errors.find(id);
    if (error === undefined) {
      throw new Problem(404, 'error_not_found', { detail: `No event ${id} is stored.` });
    }
    return { ...toErrorView(error), event: error.event };
  });

  app.get('/api/metrics', async (request) => {
    const series = store.metrics.list(parseInput(metricQuery, request.query));
    return { series: series.map(toSeriesView), total: series.length };
  });

  app.get('/api/logs', async (request) => {
    const { logs, total } = store.logs.list(parseInput(logQuery, request.query));
    return { logs: logs.map(toLogView), total };
  });
}

function toHealth({ store, reception, limits, memoryUsage }: ApiRoutesOptions) {
  const { rss, heapUsed } = memoryUsage();
  return {
    status: 'ok',
    ...reception.counts(),
    stored: {
      traces: store.traces.counts(),
      metrics: store.metrics.counts(),
      logs: store.logs.counts(),
      errors: store.errors.counts(),
    },
    limits,
    memory: { rssBytes: rss, heapUsedBytes: heapUsed },
  };
}

const endpoints = [
  'POST /v1/traces, /v1/metrics, /v1/logs — OTLP/HTTP, JSON or protobuf',
  'POST /api/:project/envelope/ — Sentry envelopes; the DSN is http://<any key>@<this host>/<any number>',
  'POST /api/:project/integration/otlp/v1/traces/ — Sentry OTLP traces of the same DSN',
  'GET /api/traces?service=&name=&status=ok|error&limit= — newest first',
  'GET /api/traces/:id — spans, tree, errors',
  'GET /api/errors?traceId=&limit= and /api/errors/:id',
  'GET /api/metrics?name=&service= — last value of each series',
  'GET /api/logs?traceId=&service=&door=otlp|sentry&limit= — newest first',
  'GET /api/health — received, stored, dropped, refused',
  'GET /health/live',
];
