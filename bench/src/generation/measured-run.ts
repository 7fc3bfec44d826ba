import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  loadServiceConfig,
  openDependencies,
  type RunSummary,
  runPipeline,
} from '@aiq/question-service/pipeline';
import { difficultyLevels, questionTypes } from '@aiq/question-service/questions';
import { observability } from './instrument.ts';
import { createStageMeter, type StageFigures } from './stage-meter.ts';

/** What a run is asked for. */
export interface MeasuredOrder {
  readonly count: number;
  readonly seed: number;
  /** Batches in work at the same time. @default as configured */
  readonly concurrency?: number;
}

/** What it took. */
export interface MeasuredRun {
  readonly concurrency: number;
  readonly batchSize: number;
  /** From the plan to the stored summary, without the start of the process. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that the process held at any time, its start included. */
  readonly rssMegabytesMax: number;
  /** What it held when it was ready to begin. */
  readonly rssMegabytesBefore: number;
  readonly longestPauseMs: number;
  /** 999 of 1,000 turns of the event loop kept the next one waiting for no longer. */
  readonly pauseMsP999: number;
  readonly stages: Readonly<Record<string, StageFigures>>;
  readonly summary: RunSummary;
}

/**
 * A process of its own for one run, as the CLI makes it: the same parts, telemetry on with no receiver. It is
 * sent a `MeasuredOrder` and answers with a `MeasuredRun`.
 */
process.once('message', async (order: MeasuredOrder) => {
  process.send?.(await measure(order));
  process.disconnect?.();
});

async function measure({ count, seed, concurrency }: MeasuredOrder): Promise<MeasuredRun> {
  const given = loadServiceConfig();
  const generation = { ...given.generation, ...(concurrency === undefined ? {} : { concurrency }) };
  const meter = createStageMeter();
  const stop = new AbortController().signal;
  const dependencies = await openDependencies({
    config: { ...given, generation },
    telemetry: meter.around(observability),
    stop,
    log: () => {},
  });
  try {
    const order = dependencies.createOrder({
      trigger: 'cli',
      request: { kind: 'count', count, types: questionTypes, difficulties: difficultyLevels },
      seed,
    });
    await dependencies.ping();
    const rssMegabytesBefore = process.memoryUsage.rss() / 2 ** 20;
    const pauses = monitorEventLoopDelay({ resolution: 2 });
    pauses.enable();
    const startedMs = performance.now();
    const cpu = process.cpuUsage();
    await dependencies.runs.plan(order);
    const { summary } = await runPipeline(order, dependencies, { stop });
    const seconds = (performance.now() - startedMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    pauses.disable();
    return {
      concurrency: generation.concurrency,
      batchSize: generation.batchSize,
      seconds,
      cpuSeconds: (user + system) / 1e6,
      // Kilobytes: the kernel's own high-water mark.
      rssMegabytesMax: process.resourceUsage().maxRSS / 2 ** 10,
      rssMegabytesBefore,
      longestPauseMs: pauses.max / 1e6,
      pauseMsP999: pauses.percentile(99.9) / 1e6,
      stages: meter.stages,
      summary,
    };
  } finally {
    await dependencies.close();
    await observability.shutdown();
  }
}
