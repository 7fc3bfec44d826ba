import { test as base } from 'vitest';
import { type AppOptions, buildApp } from '../src/app.ts';
import { schemaOf } from './answer-schemas.ts';

export const mebibyte = 2 ** 20;

export const testLimits: AppOptions['limits'] = {
  spansMax: 100_000,
  logsMax: 50_000,
  errorsMax: 1_000,
  seriesMax: 20_000,
  historyMax: 240,
  bytesMax: 256 * mebibyte,
  bodyBytesMax: 16 * mebibyte,
};

export type Headers = Readonly<Record<string, string>>;

export interface RunningConsole extends AsyncDisposable {
  readonly port: number;
  post(path: string, body: string | Uint8Array, headers?: Headers): Promise<Response>;
  /** The JSON of an answer, whatever its status, which has the form that the contract says. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON
  get(path: string): Promise<any>;
  /** The last values of all series, by name. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON
  series(query?: string): Promise<any[]>;
}

/** A console on a free port of loopback, asked over real HTTP. */
export async function startConsole(
  limits: Partial<AppOptions['limits']> = {},
  now: () => number = () => Date.parse('2026-11-21T10:00:00Z'),
): Promise<RunningConsole> {
  const unexpected: unknown[] = [];
  const app = await buildApp({
    limits: { ...testLimits, ...limits },
    now,
    createId: () => 'c'.repeat(32),
    memoryUsage: () => ({ rss: 1, heapUsed: 1 }),
    onUnexpected: (error) => unexpected.push(error),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    const answer = await response.json();
    schemaOf(path, response.status)?.parse(answer);
    // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON
    return answer as any;
  };
  return {
    port: Number(new URL(url).port),
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, { method: 'POST', body: body as string, headers }),
    get,
    async series(query = '') {
      const { metrics } = await get('/api/metrics');
      const answers = metrics.map(({ name }: { name: string }) =>
        get(`/api/metrics/${encodeURIComponent(name)}${query}`),
      );
      return (await Promise.all(answers)).flatMap(({ series }) => series);
    },
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
