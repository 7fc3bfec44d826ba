import { join } from 'node:path';
import { type Program, startProgram } from '@aiq/testing';

const root = join(import.meta.dirname, '../../..');

export const tokenSecret = 'the-secret-that-the-instances-share';
export const metricsToken = 'metrics-token-of-the-tests';

/** An instance of the service as it is deployed: its own process, a real port, its telemetry loaded first. */
export interface RunningBackend extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly program: Program;
  isReady(): Promise<boolean>;
  /** `/metrics`, as a scraper reads it. */
  metrics(): Promise<string>;
}

export async function startBackend(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningBackend> {
  const args = ['--import', './src/instrument.ts', 'src/server.ts'];
  const program = await startProgram('node', args, {
    cwd: root,
    env: {
      DATABASE_URL: databaseUrl,
      BACKEND_PORT: '0',
      AUTH_TOKEN_SECRET: tokenSecret,
      METRICS_TOKEN: metricsToken,
      BACKEND_AUTH_RATE_LIMIT: '100000',
      BACKEND_REGISTRATION_RATE_LIMIT: '100000',
      BACKEND_USER_RATE_LIMIT: '100000',
      OTEL_TRACES_ENABLED: 'false',
      OTEL_LOGS_ENABLED: 'false',
      OTEL_EXPORTER: 'none',
      ...env,
    },
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 60_000 });
  return {
    url,
    port: Number(new URL(url).port),
    program,
    isReady: () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    async metrics() {
      const headers = { authorization: `Bearer ${metricsToken}` };
      return (await fetch(`${url}/metrics`, { headers })).text();
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
