import { randomUUID } from 'node:crypto';
import { observabilityPlugin } from '@aiq/observability/fastify';
import helmet from '@fastify/helmet';
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
import { addProblemHandling, createProblemResponder } from './problem/problem-handling.ts';
import { limitPaths, rateLimits } from './rate-limits.ts';
import { testSessionsRoutes } from './test-sessions/test-sessions-routes.ts';
import { usersRoutes } from './users/users-routes.ts';

const metricsPaths = ['/metrics', '/v1/metrics'];

/** Builds the HTTP service: every plugin and route, in the order in which they apply. Opens no port. */
export async function buildApp(dependencies: Dependencies): Promise<FastifyInstance> {
  const { config, observability, readiness } = dependencies;
  const { http, metrics } = config;
  const respond = createProblemResponder(observability);

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
    frameworkErrors: respond,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('userId', '');

  addProblemHandling(app, respond);
  await app.register(rateLimit, rateLimits);
  limitPaths(app, {
    paths: metricsPaths,
    requestsPerMinute: config.rateLimits.metricsPerMinute,
  });
  await app.register(observabilityPlugin, {
    observability,
    readiness,
    metrics: { paths: metricsPaths, token: metrics.token, required: metrics.required },
  });
  await app.register(helmet);
  await app.register(swagger, apiDocument);
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });

  const { auth, requireUser, users, testSessions } = dependencies;
  const { authPerMinute: requestsPerMinute } = config.rateLimits;
  await app.register(authRoutes({ auth, requireUser, requestsPerMinute }), { prefix: '/v1/auth' });
  await app.register(usersRoutes({ users, requireUser }), { prefix: '/v1/users' });
  await app.register(testSessionsRoutes({ ...testSessions, requireUser }), {
    prefix: '/v1/test-sessions',
  });
  const { questions } = testSessions;
  await app.register(
    async (admin) => {
      admin.addHook('onRequest', dependencies.requireAdmin);
      await admin.register(generationRunsRoutes(dependencies), { prefix: '/generation-runs' });
      await admin.register(inventoryRoutes({ questions, settings: config.inventory }), {
        prefix: '/inventory',
      });
      await admin.register(calibrationsRoutes(dependencies), { prefix: '/calibrations' });
      await admin.register(diagnosticsRoutes(), { prefix: '/diagnostics' });
    },
    { prefix: '/v1/admin' },
  );
  return app;
}
