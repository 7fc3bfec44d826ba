import { test as base } from 'vitest';
import { type AppOptions, buildApp } from '../src/app.ts';

export const mebibyte = 2 ** 20;

export const testLimits: AppOptions['limits'] = {
  spansMax: 50_000,
  logsMax: 20_000,
  errorsMax: 1_000,
  seriesMax: 20_000,
  bytesMax: 128 * mebibyte,
  bodyBytesMax: 16 * mebibyte,
};

export type Headers = Readonly<Record<string, string>>;

export interface RunningConsole extends AsyncDisposable {
  readonly port: number;
  post(path: string, body: string | Uint8Array, headers?: Headers): Promise<Response>;
  /** The JSON of an answer, whatever its status. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON
  get(path: string): Promise<any>;
}

/** A console on a free port of loopback, asked over real HTTP. */
export async function startConsole(
  limits: Partial<AppOptions['limits']> = {},
): Promise<RunningConsole> {
  const unexpected: unknown[] = [];
  const app = await buildApp({
    limits: { ...testLimits, ...limits },
    now: () => Date.parse('2026-11-21T10:00:00Z'),
    createId: () => 'c'.repeat(32),
    memoryUsage: () => ({ rss: 1, heapUsed: 1 }),
    onUnexpected: (error) => unexpected.push(error),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: Number(new URL(url).port),
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, { method: 'POST', body: body as string, headers }),
    get: async (path) => (await fetch(`${url}${path}`)).json(),
    async [Symbol.asyncDispose]() {
      await app.close();
      if (unexpected.length > 0) throw new AggregateError(unexpected, 'the console failed');
    },
  };
}

export const test = base.extend<{ console: RunningConsole }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter's shape
  console: async ({}, use) => {
    await using running = await startConsole();
    await use(running);
  },
});
