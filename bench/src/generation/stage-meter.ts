import type { Telemetry } from '@aiq/question-service/telemetry';

/** What one stage took of this process. */
export interface StageFigures {
  readonly batches: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of calls to models, as far as their price is known. */
  readonly costUsd: number;
  /** The most memory that the process held when a batch left the stage. */
  readonly rssMegabytesMax: number;
}

const stageOf: Readonly<Record<string, string>> = {
  generation: 'generation',
  evaluation: 'evaluation',
  solving: 'evaluation',
  embedding: 'deduplication',
};

const nothing: StageFigures = {
  batches: 0,
  seconds: 0,
  cpuSeconds: 0,
  costUsd: 0,
  rssMegabytesMax: 0,
};

/**
 * Adds up what each stage takes, where one batch is in work at a time: processor time is the process's, and
 * two batches at once could not be told apart.
 */
export function createStageMeter() {
  const stages: Record<string, StageFigures> = {};

  function add(name: string, took: Partial<StageFigures>): void {
    const { batches = 0, seconds = 0, cpuSeconds = 0, costUsd = 0 } = took;
    const before = stages[name] ?? nothing;
    stages[name] = {
      batches: before.batches + batches,
      seconds: before.seconds + seconds,
      cpuSeconds: before.cpuSeconds + cpuSeconds,
      costUsd: before.costUsd + costUsd,
      rssMegabytesMax: Math.max(before.rssMegabytesMax, process.memoryUsage.rss() / 2 ** 20),
    };
  }

  async function measured<Result>(stage: string, work: () => Promise<Result>): Promise<Result> {
    const startedMs = performance.now();
    const cpu = process.cpuUsage();
    try {
      return await work();
    } finally {
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (performance.now() - startedMs) / 1000;
      add(stage, { batches: 1, seconds, cpuSeconds: (user + system) / 1e6 });
    }
  }

  return {
    stages: stages as Readonly<Record<string, StageFigures>>,

    /** A door to telemetry that measures on the way the spans of stages and the cost of calls. */
    around(door: Telemetry): Telemetry {
      const startSpan = ((...call: Parameters<Telemetry['startSpan']>) => {
        const stage = /^pipeline\.(?!run$)(\w+)$/.exec(call[0])?.[1];
        return stage === undefined
          ? door.startSpan(...call)
          : measured(stage, async () => door.startSpan(...call));
      }) as Telemetry['startSpan'];
      const recordMetric: Telemetry['recordMetric'] = (name, value, ...labels) => {
        door.recordMetric(name, value, ...labels);
        if (name !== 'api.cost_usd') return;
        const { purpose = '' } = (labels[0] ?? {}) as { readonly purpose?: string };
        add(stageOf[purpose] ?? purpose, { costUsd: value });
      };
      return { ...door, startSpan, recordMetric };
    },
  };
}
