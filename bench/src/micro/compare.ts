import { setImmediate } from 'node:timers/promises';
import { type Figure, toFigure } from '../shared/statistics.ts';

/** One way to do the thing that is measured. */
export interface Case {
  readonly name: string;
  /** Does it `count` times, synchronously. */
  readonly run: (count: number) => void;
  /** Calls between two settlements: as many as the queues behind them hold. @default 10_000 */
  readonly chunk?: number;
  /** Sends or drops what the calls left behind; not measured. */
  readonly settle?: () => Promise<unknown>;
}

export interface CaseFigures {
  readonly nanoseconds: Figure;
  /** Bytes of heap that a call takes, before any collection. */
  readonly bytes: number;
}

export interface CompareOptions {
  readonly rounds: number;
  /** How long a case runs in one round, in milliseconds. */
  readonly roundMs: number;
}

/**
 * Measures cases against each other: A B C, A B C, ..., so that what the machine does meanwhile meets all of them.
 * A first round warms up and is not counted.
 */
export async function compare(
  cases: readonly Case[],
  { rounds, roundMs }: CompareOptions,
): Promise<Record<string, CaseFigures>> {
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const each of cases) {
      const nanoseconds = await time(each, roundMs);
      if (round > 0) times.get(each.name)?.push(nanoseconds);
    }
  }
  const figures: Record<string, CaseFigures> = {};
  for (const each of cases) {
    figures[each.name] = {
      nanoseconds: toFigure(times.get(each.name) ?? []),
      bytes: await measureBytes(each),
    };
  }
  return figures;
}

/** By the processor's time of this thread: waiting for a core is not what a call costs. */
async function time({ run, chunk = 10_000, settle }: Case, roundMs: number): Promise<number> {
  let calls = 0;
  let microseconds = 0;
  while (microseconds < roundMs * 1_000) {
    // Caches are cold after a pause.
    run(Math.ceil(chunk / 10));
    const before = process.threadCpuUsage();
    run(chunk);
    const { user, system } = process.threadCpuUsage(before);
    microseconds += user + system;
    calls += chunk;
    await (settle?.() ?? setImmediate());
  }
  return (microseconds * 1_000) / calls;
}

/** Median of a few small chunks: a collection within one would make it negative. */
async function measureBytes({ run, chunk = 10_000, settle }: Case): Promise<number> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('run with --expose-gc: bytes are counted without it');
  const count = Math.min(chunk, 1_000);
  const samples: number[] = [];
  for (let sample = 0; sample < 9; sample += 1) {
    await (settle?.() ?? setImmediate());
    collect();
    const before = process.memoryUsage().heapUsed;
    run(count);
    samples.push((process.memoryUsage().heapUsed - before) / count);
  }
  return Math.max(0, Math.round(toFigure(samples).median));
}
