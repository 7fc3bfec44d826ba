import { type Child, startChild } from '../shared/child.ts';
import { tell } from '../shared/progress.ts';
import { type Sink, startSink } from '../shared/sink.ts';
import { startBank } from './bank.ts';
import type { LoadFigures, LoadOrder } from './load-program.ts';
import { prepareTakers } from './prepare-takers.ts';
import type { SourceOrder, Taker } from './request-source.ts';
import type { Usage } from './server-program.ts';
import { type RouteName, routes, type Variant, variants } from './variant.ts';

/** One variant, one round, one way of loading it. */
export interface Burst extends LoadFigures {
  /** Of the server's own process. */
  readonly cpuMicrosecondsPerRequest: number;
  /** Share of one core that the server's process used. */
  readonly utilisation: number;
  readonly residentBytes: number;
  readonly dropped: number;
}

/** Ways of loading a server: as much as it takes, and at a share of what the bare one took. */
export const loads = ['saturated', 'half', 'quarter'] as const;
export type Load = (typeof loads)[number];
const shares = { half: 0.5, quarter: 0.25 } as const;

export interface RequestOptions {
  readonly routes: readonly RouteName[];
  readonly variants: readonly Variant[];
  readonly loads: readonly Load[];
  readonly rounds: number;
  readonly seconds: number;
}

/** Bursts by route, variant and load, in the order of the rounds. */
export type RequestFigures = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly Burst[]>>>>>
>;

const serverCore = 0;
const otherCore = 1;
const warmUpSeconds = 2;
const takersMin = 64;

/**
 * Loads each variant in turn, A B C, A B C, ..., each time in a new process on a core of its own. Load generator,
 * receiver and Postgres have the other one.
 */
export async function measureRequests(options: RequestOptions): Promise<RequestFigures> {
  const sink = await startSink(otherCore);
  const load = startChild({ program: 'request/load-program.ts', core: otherCore });
  const figures: Record<string, Record<string, Record<string, Burst[]>>> = {};
  try {
    await load.next();
    for (const route of options.routes) {
      figures[route] = await measureRoute(route, { ...options, sink, load });
    }
  } finally {
    await Promise.all([sink.stop(), load.stop()]);
  }
  return figures;
}

interface Machinery extends RequestOptions {
  readonly sink: Sink;
  readonly load: Child;
}

async function measureRoute(route: RouteName, machinery: Machinery) {
  const bank = routes[route].usesDatabase ? await startBank() : undefined;
  const figures: Record<string, Record<string, Burst[]>> = {};
  let capacity = 0;
  let takers: Taker[] = [];
  try {
    for (let round = 0; round < machinery.rounds; round += 1) {
      for (const variant of machinery.variants) {
        tell(`${route}: round ${round + 1} of ${machinery.rounds}, ${variant}`);
        const server = await startServer(variant, machinery.sink, bank?.url);
        try {
          if (bank !== undefined && takers.length === 0) {
            takers = await prepareTakers(server.url, takersMin);
          }
          const source = { route, takers };
          await burst(server, machinery.load, { source, origin: server.url, ...warmUp });
          for (const name of machinery.loads) {
            const order = toOrder({ name, source, origin: server.url, capacity, ...machinery });
            const measured = await burst(server, machinery.load, order);
            figures[variant] ??= {};
            figures[variant][name] ??= [];
            figures[variant][name].push(measured);
            // The bare server of the first round says what all rounds are loaded with.
            if (name === 'saturated' && variant === 'bare' && round === 0) {
              capacity = measured.requests / measured.seconds;
            }
          }
        } finally {
          await server.child.stop();
        }
      }
    }
  } finally {
    await bank?.stop();
  }
  return figures;
}

const warmUp = { seconds: warmUpSeconds, connections: 16 };

function toOrder(given: {
  readonly name: Load;
  readonly source: SourceOrder;
  readonly origin: string;
  readonly capacity: number;
  readonly seconds: number;
}): LoadOrder {
  const { name, source, origin, capacity, seconds } = given;
  if (name === 'saturated') return { source, origin, seconds, connections: 16 };
  if (capacity === 0) throw new Error('the bare variant must be the first, and saturated first');
  // Enough connections that a request which is due is not kept waiting by the generator.
  return { source, origin, seconds, connections: 48, ratePerSecond: capacity * shares[name] };
}

interface Server {
  readonly child: Child;
  readonly url: string;
}

async function startServer(variant: Variant, sink: Sink, databaseUrl?: string): Promise<Server> {
  const child = startChild({
    program: 'request/server-program.ts',
    nodeArgs: ['--import', `${import.meta.dirname}/instrument.ts`],
    args: [
      `--variant=${variant}`,
      `--dsn=${sink.dsn}`,
      ...(databaseUrl === undefined ? [] : [`--database-url=${databaseUrl}`]),
    ],
    core: serverCore,
    environment: {
      ...variants[variant].environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.httpUrl,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SERVICE_NAME: 'aiq-bench',
      ...(variant === 'bare' || variant === 'disabled' ? {} : { SENTRY_DSN: sink.dsn }),
    },
  });
  const { url } = await child.next<{ url: string }>();
  return { child, url };
}

async function burst(server: Server, load: Child, order: LoadOrder): Promise<Burst> {
  const before = await server.child.ask<Usage>({});
  const figures = await load.ask<LoadFigures>(order, order.seconds * 1_000 + 60_000);
  const after = await server.child.ask<Usage>({});
  const cpuMicroseconds = after.cpuMicroseconds - before.cpuMicroseconds;
  if (figures.failures > 0) {
    throw new Error(`${figures.failures} of ${figures.requests} requests failed`);
  }
  return {
    ...figures,
    cpuMicrosecondsPerRequest: cpuMicroseconds / figures.requests,
    utilisation: cpuMicroseconds / 1e6 / figures.seconds,
    residentBytes: after.residentBytes,
    dropped: after.dropped - before.dropped,
  };
}
