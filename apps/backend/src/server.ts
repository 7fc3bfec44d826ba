import { ConfigError } from '@aiq/config';
import { runMain } from '@aiq/observability';
import { serve } from '@aiq/observability/fastify';
import { buildApp } from './app.ts';
import { type BackendConfig, loadBackendConfig } from './config.ts';
import { openBackendDatabase } from './database/open-backend-database.ts';
import { createDependencies } from './dependencies.ts';
import { observability } from './instrument.ts';

const exitCodes = { portTaken: 1, configuration: 3, database: 4 } as const;

await runMain(observability, async (stop): Promise<number | undefined> => {
  const config = loadOrExplain();
  if (config === undefined) return exitCodes.configuration;
  const local = await openBackendDatabase(config.database.url, (line) =>
    observability.logger.info(line),
  );
  if (local === undefined) return exitCodes.database;

  const dependencies = await createDependencies({ config, observability, databaseUrl: local.url });
  const app = await buildApp(dependencies);
  try {
    const { host, port, drainDelayMs } = config.http;
    await serve(app, { observability, stop, host, port, drainDelayMs });
    return undefined;
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    explain(
      `port ${config.http.port} is taken: end what listens there, or set BACKEND_PORT to a free one`,
    );
    return exitCodes.portTaken;
  } finally {
    await dependencies.close();
    await local.stop();
  }
});

function loadOrExplain(): BackendConfig | undefined {
  try {
    return loadBackendConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    explain(error.message);
    return undefined;
  }
}

function isPortTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EADDRINUSE';
}

function explain(message: string): void {
  process.stderr.write(`${message}\n`);
}
