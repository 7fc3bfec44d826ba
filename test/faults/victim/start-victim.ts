import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramResult, startProgram } from '@aiq/testing';
import { z } from 'zod';
import type { Produced } from './produced.ts';

const producedSchema = z.object({
  spans: z.number(),
  logs: z.number(),
  errors: z.number(),
  orders: z.number(),
}) satisfies z.ZodType<Produced>;
const readySchema = z.object({ url: z.url(), controlUrl: z.url() });
const flushedSchema = z.object({ isFlushed: z.boolean(), produced: producedSchema });
const toldSchema = z.object({
  produced: producedSchema,
  health: z.object({
    signals: z.record(
      z.string(),
      z.object({
        exported: z.number(),
        failed: z.number(),
        dropped: z.number(),
        failures: z.record(z.string(), z.number()).optional(),
      }),
    ),
  }),
});
const memorySchema = toldSchema.extend({
  heapUsed: z.number(),
  rss: z.number(),
  longestTurnMs: z.number(),
});

/** What it made, and what the library says of that. */
export type Told = z.infer<typeof toldSchema>;
export type VictimEnd = Told & Pick<ProgramResult, 'code' | 'durationMs'>;

/** The program under test, in a process of its own. */
export interface Victim extends AsyncDisposable {
  readonly url: string;
  /** After a garbage collection; with the longest turn of the event loop since the last time, the collection left out. */
  memory(): Promise<z.infer<typeof memorySchema>>;
  flush(): Promise<z.infer<typeof flushedSchema>>;
  /** SIGTERM, and what it told in the end. `durationMs` is that of the end alone. */
  stop(): Promise<VictimEnd>;
}

/**
 * One export with its retries: shorter than a fault of the full run, which meets this bound, and longer than the three
 * seconds of a shutdown, which must not wait for it.
 */
export const exportTimeoutMs = 3_500;
const stopTimeoutMs = 15_000;

export interface VictimOptions {
  readonly endpoint: string;
  readonly protocol: string;
  readonly dsn: string;
}

export async function startVictim(options: VictimOptions): Promise<Victim> {
  const { endpoint, protocol, dsn } = options;
  const at = (file: string): string => join(import.meta.dirname, file);
  const program = await startProgram(
    'node',
    ['--expose-gc', '--import', at('instrument.ts'), at('service.ts')],
    {
      env: {
        NODE_COMPILE_CACHE: join(tmpdir(), 'aiq-fault-suite'),
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_TIMEOUT: String(exportTimeoutMs),
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
        SENTRY_DSN: dsn,
        SENTRY_TRACES_SAMPLE_RATE: '1',
        OBSERVABILITY_TRACES: 'both',
        OBSERVABILITY_LOGS: 'both',
        LOG_LEVEL: 'silent',
      },
    },
  );
  const [, ready = ''] = await program.waitForLine(/^ready (.*)$/, { timeoutMs: 60_000 });
  const { url, controlUrl } = readySchema.parse(JSON.parse(ready));
  const ask = async (path: string): Promise<unknown> => {
    const reply = await fetch(`${controlUrl}${path}`, { signal: AbortSignal.timeout(15_000) });
    if (reply.status !== 200) throw new Error(`the victim answered ${path}: ${await reply.text()}`);
    return reply.json();
  };
  return {
    url: `${url}/orders`,
    memory: async () => memorySchema.parse(await ask('/memory')),
    flush: async () => flushedSchema.parse(await ask('/flush')),
    async stop() {
      const askedAt = performance.now();
      const { code, stdout, stderr } = await program.stop('SIGTERM', { timeoutMs: stopTimeoutMs });
      const durationMs = performance.now() - askedAt;
      const [, told] = /^end (.*)$/m.exec(stdout) ?? [];
      if (told === undefined)
        throw new Error(
          `the victim told no end (${JSON.stringify(await program.ended)})\n${stdout}${stderr}`,
        );
      return { ...toldSchema.parse(JSON.parse(told)), code, durationMs };
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
