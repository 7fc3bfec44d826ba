import type { FastifyInstance } from 'fastify';
import { Problem, sendProblem } from '../http/problem.ts';
import { listMetrics, showMetric } from '../queries/list-metrics.ts';
import { overviewOf } from '../queries/overview.ts';
import { queryMetric } from '../queries/query-metric.ts';
import { toRunView } from '../queries/run-view.ts';
import { findRun, listRuns } from '../queries/runs.ts';
import {
  listErrorGroups,
  searchErrors,
  toErrorAnswer,
  toErrorGroupAnswer,
} from '../queries/search-errors.ts';
import { searchLogs } from '../queries/search-logs.ts';
import { searchTraces } from '../queries/search-traces.ts';
import { serviceMapOf } from '../queries/service-map.ts';
import { ServiceTallies } from '../queries/services.ts';
import { listTestSessions, showTestSession } from '../queries/test-sessions.ts';
import { toWindowView, windowBefore } from '../queries/time-window.ts';
import { toTraceView } from '../queries/trace-view.ts';
import type { Reception } from '../store/reception.ts';
import type { StoreLimits, TelemetryStore } from '../store/telemetry-store.ts';
import * as parameters from './contract/parameters.ts';
import { LiveFeed } from './live.ts';
import { idParameters, nameParameters, parseInput, traceParameters } from './parse-input.ts';
import { statusOf } from './status.ts';

export interface ApiRoutesOptions {
  readonly store: TelemetryStore;
  readonly reception: Reception;
  readonly limits: StoreLimits & { readonly bodyBytesMax: number };
  readonly memoryUsage: () => { rss: number; heapUsed: number };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const subscribersMax = 32;

/** What was received, as JSON. Parameters and answers are those of `contract/`. */
export async function apiRoutes(app: FastifyInstance, options: ApiRoutesOptions) {
  const { store, reception, now } = options;
  const startedAtMs = now();
  const revisions = () => reception.counts().received;
  const live = new LiveFeed({ revisions, now, subscribersMax });
  app.addHook('preClose', async () => live.close());

  const windowOf = (query: unknown) =>
    windowBefore(now(), parseInput(parameters.windowParameters, query).windowSeconds);

  app.get('/api', async () => ({ name: 'AIQ console', endpoints }));
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/api/status', async () =>
    statusOf({ ...options, startedAtMs, liveSubscribers: live.subscribers }),
  );

  app.get('/api/live', (request, reply) => {
    if (live.isFull) {
      const detail = `At most ${subscribersMax} may listen at once: close a page.`;
      const problem = new Problem(503, 'too_many_subscribers', { detail });
      return sendProblem(request, reply.header('retry-after', '5'), problem);
    }
    return live.subscribe(reply);
  });

  app.get('/api/overview', async ({ query }) => overviewOf(store, windowOf(query)));
  app.get('/api/services', async ({ query }) => {
    const window = windowOf(query);
    return { ...toWindowView(window), services: new ServiceTallies(store, window).list() };
  });
  app.get('/api/services/:id', async ({ params, query }) => {
    const { id } = parseInput(idParameters, params);
    const service = new ServiceTallies(store, windowOf(query)).show(id);
    return service ?? notFound('service', `Nothing of service ${id} is stored.`);
  });
  app.get('/api/service-map', async ({ query }) => serviceMapOf(store, windowOf(query)));

  app.get('/api/traces', async ({ query }) =>
    searchTraces(store, parseInput(parameters.tracesParameters, query)),
  );
  app.get('/api/traces/:id', async ({ params }) => {
    const { id } = parseInput(traceParameters, params);
    const trace = store.traces.find(id);
    return trace === undefined
      ? notFound('trace', `No span of trace ${id} is stored.`)
      : toTraceView(trace, store);
  });

  app.get('/api/logs', async ({ query }) =>
    searchLogs(store.logs, parseInput(parameters.logsParameters, query)),
  );

  app.get('/api/errors', async ({ query }) =>
    searchErrors(store.errors, parseInput(parameters.errorsParameters, query)),
  );
  app.get('/api/errors/:id', async ({ params }) => {
    const { id } = parseInput(idParameters, params);
    const event = store.errors.find(id);
    return event === undefined
      ? notFound('error', `No event ${id} is stored.`)
      : toErrorAnswer(event);
  });
  app.get('/api/error-groups', async ({ query }) =>
    listErrorGroups(store.errors, parseInput(parameters.errorGroupsParameters, query)),
  );
  app.get('/api/error-groups/:id', async ({ params }) => {
    const { id } = parseInput(idParameters, params);
    const group = store.errors.findGroup(id);
    return group === undefined
      ? notFound('error_group', `No event of fingerprint ${id} came.`)
      : toErrorGroupAnswer(store.errors, group);
  });

  app.get('/api/metrics', async ({ query }) =>
    listMetrics(store.metrics, parseInput(parameters.metricsParameters, query)),
  );
  app.get('/api/metrics/:name', async ({ params, query }) => {
    const { name } = parseInput(nameParameters, params);
    const asked = parseInput(parameters.metricParameters, query);
    return showMetric(store.metrics, { ...asked, name }) ?? noMetric(name);
  });
  app.get('/api/metrics/:name/query', async ({ params, query }) => {
    const { name } = parseInput(nameParameters, params);
    const asked = parseInput(parameters.metricQueryParameters, query);
    return queryMetric(store, name, { ...asked, nowMs: now() }) ?? noMetric(name);
  });

  app.get('/api/runs', async ({ query }) =>
    listRuns(store, parseInput(parameters.runsParameters, query)),
  );
  app.get('/api/runs/:id', async ({ params }) => {
    const { id } = parseInput(idParameters, params);
    const run = findRun(store, id);
    return run === undefined ? notFound('run', `Nothing of run ${id} is stored.`) : toRunView(run);
  });
  app.get('/api/test-sessions', async ({ query }) =>
    listTestSessions(store, parseInput(parameters.testSessionsParameters, query)),
  );
  app.get('/api/test-sessions/:id', async ({ params }) => {
    const { id } = parseInput(idParameters, params);
    const session = showTestSession(store, id);
    return session ?? notFound('test_session', `No request of test session ${id} is stored.`);
  });
}

function noMetric(name: string): never {
  return notFound('metric', `No series of metric ${name} is stored.`);
}

function notFound(what: string, detail: string): never {
  throw new Problem(404, `${what}_not_found`, { detail });
}

const endpoints = [
  'POST /v1/traces, /v1/metrics, /v1/logs — OTLP/HTTP, JSON or protobuf',
  'POST /api/:project/envelope/ — Sentry envelopes; the DSN is http://<any key>@<this host>/<any number>',
  'POST /api/:project/integration/otlp/v1/traces/ — Sentry OTLP traces of the same DSN',
  'GET /api/overview, /api/services, /api/services/:service, /api/service-map',
  'GET /api/traces, /api/traces/:id — spans, tree, logs, errors',
  'GET /api/metrics, /api/metrics/:name, /api/metrics/:name/query',
  'GET /api/logs, /api/errors, /api/errors/:id, /api/error-groups, /api/error-groups/:fingerprint',
  'GET /api/runs, /api/runs/:id, /api/test-sessions, /api/test-sessions/:id',
  'GET /api/status — received, stored, dropped, refused',
  'GET /api/live — Server-Sent Events: what changed',
  'GET /health/live',
  'apps/console/README.md — parameters and answers',
];
