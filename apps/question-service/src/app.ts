import { observabilityPlugin } from '@aiq/observability/fastify';
import Fastify from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import type { JobQueue } from './trigger/job-queue.ts';
import { createErrorHandler, createNotFoundHandler } from './trigger/problem.ts';
import { runRoutes } from './trigger/run-routes.ts';
import type { ServiceRole } from './trigger/run-service.ts';

interface AppOptions {
  /** Whether it takes orders; a worker answers for its health and its metrics alone. */
  readonly role: Pick<ServiceRole, 'api'>;
  readonly config: Pick<Config, 'server' | 'environment'>;
  readonly dependencies: Dependencies;
  readonly queue: JobQueue;
}

const bodyBytesMax = 64 * 1024;

/** The trigger server, or what a worker shows of itself: every plugin and route, in order. */
export async function buildApp({ role, config, dependencies, queue }: AppOptions) {
  const { telemetry } = dependencies;
  const { triggerToken, metricsToken } = config.server;
  const app = Fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: 30_000,
    // Requests that arrive on open connections while closing are still answered.
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();
  // Bodies are JSON: any other type is answered with 415.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  await app.register(observabilityPlugin, {
    observability: telemetry,
    readiness: { database: dependencies.ping, queue: queue.check },
    metrics: {
      paths: ['/metrics', '/v1/metrics'],
      token: metricsToken,
      required: config.environment === 'production' || config.environment === 'staging',
    },
  });
  app.setErrorHandler(createErrorHandler(telemetry));
  app.setNotFoundHandler(createNotFoundHandler(telemetry));
  if (!role.api) return app;
  if (triggerToken === undefined) {
    telemetry.logger.warn('TRIGGER_TOKEN is not set: /v1/runs does not exist');
  } else {
    await app.register(runRoutes, { dependencies, queue, token: triggerToken });
  }
  return app;
}
