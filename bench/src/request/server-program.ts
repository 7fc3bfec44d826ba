import { buildApp } from '@aiq/backend/app';
import { loadBackendConfig } from '@aiq/backend/config';
import { createDependencies } from '@aiq/backend/dependencies';
import { observabilityPlugin } from '@aiq/observability/fastify';
import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { observability } from './instrument.ts';
import { noTelemetry } from './no-telemetry.ts';
import { readServerArguments } from './server-arguments.ts';
import { addSimpleRoutes } from './simple-routes.ts';

/** What the process has used so far; the reader takes the difference of two. */
export interface Usage {
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
  /** Items of telemetry that found no room in a queue, where it is ours. */
  readonly dropped: number;
}

const { databaseUrl } = readServerArguments();
const app = databaseUrl === undefined ? await buildSimpleApp() : await buildBackend(databaseUrl);
await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', () => process.send?.(readUsage()));
process.on('disconnect', () => process.exit());
process.send?.({ url: app.listeningOrigin });

async function buildSimpleApp(): Promise<FastifyInstance> {
  const simple = fastify({ logger: false });
  simple.setValidatorCompiler(validatorCompiler);
  simple.setSerializerCompiler(serializerCompiler);
  if (observability !== undefined) await simple.register(observabilityPlugin, { observability });
  addSimpleRoutes(simple);
  return simple;
}

async function buildBackend(url: string): Promise<FastifyInstance> {
  const config = loadBackendConfig({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    AUTH_TOKEN_SECRET: 'one-secret-for-every-server-of-this-run',
    BACKEND_AUTH_RATE_LIMIT: '1000000',
  });
  const dependencies = await createDependencies({
    config: {
      ...config,
      testSessions: {
        ...config.testSessions,
        fixed: { ...config.testSessions.fixed, items: 100 },
      },
    },
    observability: observability ?? noTelemetry,
    databaseUrl: url,
  });
  return buildApp(dependencies, { isObserved: observability !== undefined });
}

function readUsage(): Usage {
  const { user, system } = process.cpuUsage();
  const signals = Object.values(observability?.health().signals ?? {});
  return {
    cpuMicroseconds: user + system,
    residentBytes: process.memoryUsage.rss(),
    dropped: signals.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}
