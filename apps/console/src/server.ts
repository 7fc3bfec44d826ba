import { randomUUID } from 'node:crypto';
import { buildApp } from './app.ts';
import { type ConsoleConfig, loadConsoleConfig } from './config.ts';

/** Loopback only: what services send is for the eyes of this machine's user. */
const host = '127.0.0.1';

const levels = { info: 30, error: 50 } as const;

/** One JSON line in the form of the other services; the console sends no telemetry, not even to itself. */
function log(level: keyof typeof levels, msg: string, attributes: object = {}): void {
  const line = { level: levels[level], time: Date.now(), name: 'aiq-console', msg, ...attributes };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(): Promise<void> {
  const config = readConfig();
  if (config === undefined) return;
  const app = await buildApp({
    limits: config.limits,
    now: Date.now,
    createId: () => randomUUID().replaceAll('-', ''),
    memoryUsage: process.memoryUsage,
    onUnexpected: (error) => log('error', 'request failed', { error: stackOf(error) }),
  });

  const close = () => {
    process.exitCode = 0;
    void app.close();
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);

  try {
    log('info', 'listening', { url: await app.listen({ host, port: config.port }) });
  } catch (error) {
    log('error', listenProblem(error, config.port));
    process.exitCode = 1;
    await app.close();
  }
}

function readConfig(): ConsoleConfig | undefined {
  try {
    return loadConsoleConfig();
  } catch (error) {
    log('error', error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    return undefined;
  }
}

function listenProblem(error: unknown, port: number): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? `port ${port} of ${host} is taken; stop what listens there or set CONSOLE_PORT`
    : `cannot listen on ${host}:${port}: ${String(error)}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await main();
