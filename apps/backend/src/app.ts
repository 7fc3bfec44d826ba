import { randomUUID } from 'node:crypto';
import { observabilityPlugin, observeUnrouted } from '@aiq/observability/fastify';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { diagnosticsRoutes } from './admin/diagnostics-routes.ts';
import { inventoryRoutes } from './admin/inventory-routes.ts';
import { apiDocument } from './api-document.ts';
import { authRoutes } from './auth/auth-routes.ts';
import { calibrationsRoutes } from './calibration/calibrations-routes.ts';
import type { Dependencies } from './dependencies.ts';
import { generationRunsRoutes } from './generation-runs/generation-runs-routes.ts';
import { createClientErrorHandler } from './problem/client-errors.ts';
import {
  addProblemHandling,
  createProblemResponder,
  toErrorType,
} from './problem/problem-handling.ts';
import { limitPaths, localRateLimits } from './rate-limits/limit-paths.ts';
import { allowOrigins } from './security/allow-origins.ts';
import { protect, securityHeaders } from './security/security-headers.ts';
import { testSessionsRoutes } from './test-sessions/test-sessions-routes.ts';
import { usersRoutes } from './users/users-routes.ts';

const metricsPaths = ['/metrics', '/v1/metrics'];

export interface AppOptions {
  /** False leaves out the plugin that makes requests observable, to be compared with. @default true */
  readonly isObserved?: boolean;
}

/** Builds the HTTP service: every plugin and route, in the order in which they apply. Opens no port. */
export async function buildApp(
  dependencies: Dependencies,
  { isObserved = true }: AppOptions = {},
): Promise<FastifyInstance> {
  const { config, observability, readiness } = dependencies;
  const { http, metrics } = config;
  const respond = createProblemResponder(observability);
  const observed = { observability, errorTypeOf: toErrorType };
  const clientErrors = createClientErrorHandler(observability);

  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: http.bodyLimitBytes,
    connectionTimeout: http.connectionTimeoutMs,
    requestTimeout: http.requestTimeoutMs,
    keepAliveTimeout: http.keepAliveTimeoutMs,
    trustProxy: (_address, hop) => hop < http.trustedProxyHops,
    // Requests that arrive on open connections while closing are still answered.
    return503OnClosing: false,
    // No hook runs for these: addresses that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      protect(request.url, reply);
      observeUnrouted(observed, request, reply, () => respond(error, request, reply));
    },
    clientErrorHandler: clientErrors.handle,
    http: {
      // Node looks for late requests every 30 s.
      connectionsCheckingInterval: Math.min(1000, http.requestTimeoutMs),
      // From the beginning: Fastify sets it later, where Node has derived that of the headers already, and where
      // that is the longer Node exchanges the two.
      requestTimeout: http.requestTimeoutMs,
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('userId', '');
  app.decorateRequest('loggedInAt', undefined);

  clientErrors.track(app);
  addProblemHandling(app, respond);
  await app.register(rateLimit, localRateLimits);
  limitPaths(app, {
    paths: metricsPaths,
    requestsPerMinute: config.rateLimits.metricsPerMinute,
  });
  if (isObserved) {
    await app.register(observabilityPlugin, {
      ...observed,
      readiness,
      metrics: { paths: metricsPaths, token: metrics.token, required: metrics.required },
    });
  }
  await app.register(securityHeaders);
  await app.register(allowOrigins, { origins: config.cors.origins ?? [] });
  await app.register(swagger, apiDocument);
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });

  const { requireUser, limits, testSessions } = dependencies;
  await app.register(authRoutes(dependencies), { prefix: '/v1/auth' });
  await app.register(usersRoutes(dependencies), { prefix: '/v1/users' });
  await app.register(testSessionsRoutes({ ...testSessions, requireUser, limits }), {
    prefix: '/v1/test-sessions',
  });
  await app.register(
    async (admin) => {
      admin.addHook('onRequest', dependencies.requireAdmin);
      await admin.register(generationRunsRoutes(dependencies), { prefix: '/generation-runs' });
      await admin.register(inventoryRoutes(testSessions), { prefix: '/inventory' });
      await admin.register(calibrationsRoutes(dependencies), { prefix: '/calibrations' });
      await admin.register(diagnosticsRoutes(), { prefix: '/diagnostics' });
    },
    { prefix: '/v1/admin' },
  );
  return app;
}
