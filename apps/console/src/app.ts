import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { apiRoutes } from './api/routes.ts';
import { acceptOnlyLoopback, headersOfAll } from './http/loopback-only.ts';
import { answerWithProblems, sendProblem, toProblem } from './http/problem.ts';
import { pageRoutes } from './page/page-routes.ts';
import { otlpRoutes } from './receive/otlp/routes.ts';
import { sentryRoutes } from './receive/sentry/routes.ts';
import { Reception } from './store/reception.ts';
import { createTelemetryStore, type StoreLimits } from './store/telemetry-store.ts';

const builtPage = join(import.meta.dirname, '../page/dist');

export interface AppOptions {
  readonly limits: StoreLimits & { readonly bodyBytesMax: number };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For an envelope that has no event id. */
  readonly createId: () => string;
  readonly memoryUsage: () => { rss: number; heapUsed: number };
  readonly onUnexpected: (error: unknown) => void;
  /** Where the built page is. @default apps/console/page/dist */
  readonly pageDirectory?: string;
}

/** The console: receivers of OTLP and of Sentry envelopes, and the API that shows what they took. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { limits, now, onUnexpected } = options;
  const { bodyBytesMax } = limits;
  const app = Fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    // Exporters hold idle connections: closing must not wait for them.
    forceCloseConnections: true,
    // Names of metrics stand in paths.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
    // What is refused before there is a route: hooks do not see it.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headersOfAll);
      return sendProblem(request, reply, toProblem(error));
    },
  });
  const store = createTelemetryStore(limits, now);
  const reception = new Reception(now);

  acceptOnlyLoopback(app);
  answerWithProblems(app, { onUnexpected });
  await app.register(otlpRoutes, { store, reception, bodyBytesMax, onUnexpected });
  await app.register(sentryRoutes, { ...options, store, reception, bodyBytesMax });
  await app.register(apiRoutes, { ...options, store, reception });
  await app.register(pageRoutes, { directory: options.pageDirectory ?? builtPage });
  return app;
}
