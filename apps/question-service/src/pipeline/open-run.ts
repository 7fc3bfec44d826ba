import type { Config } from '../config.ts';
import type { BankRepository } from '../deduplication/bank-repository.ts';
import { createKnownQuestions } from '../deduplication/known-questions.ts';
import type { QuestionEmbedder } from '../deduplication/question-embedder.ts';
import { planRounds, shortfall } from '../generation/plan-rounds.ts';
import type { InventoryRepository } from '../inventory/inventory-repository.ts';
import { expectedStock } from '../inventory/stratum-stock.ts';
import type { GenerationBatch } from '../providers/question-provider.ts';
import type { QuestionType } from '../questions/question.ts';
import { createCostCeiling } from '../resilience/cost-ceiling.ts';
import { forEachBounded } from '../resilience/for-each-bounded.ts';
import { isDatabaseFault } from '../storage/insert-failure.ts';
import type { PipelineRunsRepository, RunOrder } from '../storage/pipeline-runs-repository.ts';
import type { QuestionsRepository } from '../storage/questions-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { closeRun } from './close-run.ts';
import { recordFault } from './pipeline-context.ts';
import type { ProviderBreakers } from './provider-breakers.ts';
import type { Routing } from './routing.ts';
import { holdLease } from './run-lease.ts';
import { RunLedger } from './run-ledger.ts';
import { plannedAuthor } from './stages/generation-stage.ts';

export interface RunDependencies {
  readonly telemetry: Telemetry;
  readonly config: Pick<
    Config,
    'generation' | 'retry' | 'run' | 'deduplication' | 'storage' | 'lease'
  >;
  readonly questions: QuestionsRepository;
  readonly inventory: InventoryRepository;
  readonly runs: PipelineRunsRepository;
  readonly routing: Routing;
  readonly breakers: ProviderBreakers;
  readonly embedder: QuestionEmbedder;
  readonly bank: BankRepository;
  readonly now: () => Date;
  /** Uniform on [0, 1), for the jitter between attempts. */
  readonly random: () => number;
}

export interface Progress {
  readonly requested: number;
  /** Requested questions that have come to an end, good or bad. */
  readonly settled: number;
  readonly inserted: number;
  /** What calls to models have cost so far, as far as their prices are known. */
  readonly costUsd: number;
}

export interface RunOptions {
  /** Ends the run after the batches in hand. */
  readonly stop: AbortSignal;
  /** Called when a round is planned and after each batch. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A run that another worker has begun, or that has ended. */
export class RunNotPlannedError extends Error {
  override readonly name = 'RunNotPlannedError';
  readonly code = 'run_not_planned';

  constructor(runId: string) {
    super(`expected run ${runId} to be planned; it has begun or ended already`);
  }
}

/** Takes a planned run into work: its row, its lease, its account, and what its stages share. */
export async function openRun(
  order: RunOrder,
  dependencies: RunDependencies,
  options: RunOptions & { readonly traceId: string },
) {
  const {
    telemetry,
    config,
    questions,
    bank,
    inventory,
    runs,
    routing,
    breakers,
    embedder,
    now,
    random,
  } = dependencies;
  const { runId, seed, request, maxCostUsd } = order;
  const startedAt = now();
  const leaseSeconds = config.lease.durationSeconds;
  const begun = await runs.begin(runId, { startedAt, traceId: options.traceId, leaseSeconds });
  if (!begun) throw new RunNotPlannedError(runId);

  const ceiling = createCostCeiling(maxCostUsd);
  const ledger = new RunLedger(telemetry, ceiling);
  const lease = holdLease({ runId, runs, telemetry, ...config.lease });
  const deadline = AbortSignal.timeout(config.run.deadlineSeconds * 1000);
  const ending = AbortSignal.any([options.stop, lease.lost, deadline]);
  /** Nothing new is begun once this fired. */
  const signal = AbortSignal.any([ending, ceiling.reached]);
  const known = createKnownQuestions({
    bank,
    embedder,
    telemetry,
    threshold: config.deduplication.threshold,
    pageSize: config.deduplication.bankPageSize,
    runId,
    signal,
  });
  const { concurrency, callDeadlineSeconds } = config.generation;
  const planning = {
    seed,
    ...config.generation,
    batchSizeOf: batchSizeFor(routing, config.generation.batchSize),
    readInventory: async () => expectedStock(await inventory.read(runId)),
    reserve: (choose: Parameters<typeof inventory.reserve>[1]) => inventory.reserve(runId, choose),
  };
  const shared = { telemetry, ledger, routing, breakers, embedder, known, questions, runId };
  let broken = false;
  let cutShort = false;

  const progressed = () => {
    const { requested, inserted } = ledger.steps;
    const { settled, costUsd } = ledger;
    options.onProgress?.({ requested, inserted, settled, costUsd });
  };

  async function workThroughRounds(work: (batch: GenerationBatch) => Promise<void>) {
    for await (const batches of planRounds(request, planning)) {
      for (const batch of batches) {
        const { name: provider } = plannedAuthor(routing, batch);
        ledger.requested({ ...batch, provider }, batch.count);
      }
      progressed();
      const left = await forEachBounded(batches, { concurrency, signal }, async (batch) => {
        await work(batch);
        progressed();
      });
      for (const batch of left) {
        const { name: provider } = plannedAuthor(routing, batch);
        const reason = ceiling.reached.aborted ? 'cost_ceiling' : 'not_attempted';
        ledger.generationFailed({ ...batch, provider }, reason, batch.count);
      }
      // Filling has no end that is known beforehand: stopped between two rounds it is cut short, too.
      if (signal.aborted) {
        cutShort = left.length > 0 || request.kind === 'fill';
        break;
      }
    }
    const short = await shortfall(request, planning);
    if (short.length > 0) telemetry.logger.warn('strata are still short', { strata: short });
    broken ||= short.length > 0;
  }

  return {
    ...shared,
    signal,
    ending,
    random,
    callDeadlineMs: callDeadlineSeconds * 1000,
    retryPolicy: {
      ...config.retry,
      retryAfterMsMax: config.retry.retryAfterSecondsMax * 1000,
    },
    attemptsMax: config.storage.attemptsMax,
    onLeaseLost: lease.lose,

    /** Plans round after round and works through its batches; a plan that cannot be made ends the run. */
    async forEachBatch(work: (batch: GenerationBatch) => Promise<void>): Promise<void> {
      try {
        await workThroughRounds(work);
      } catch (error) {
        broken = true;
        const category = isDatabaseFault(error) ? 'database' : 'unknown';
        recordFault(shared, error, { category, operation: 'pipeline.run' });
      }
    },

    /** Sums the run up and stores its summary. */
    async close() {
      try {
        const interrupted = cutShort && (options.stop.aborted || lease.lost.aborted);
        const run = { order, startedAt, traceId: options.traceId, interrupted, broken };
        return await closeRun(run, { telemetry, ledger, questions, runs, now });
      } finally {
        lease.release();
      }
    },
  };
}

/** A batch fits the smallest of those who may come to write it. */
function batchSizeFor(routing: Routing, batchSize: number): (type: QuestionType) => number {
  return (type) =>
    Math.min(
      batchSize,
      ...routing.authorsOf(type).map((author) => author.batchSizeMax ?? batchSize),
    );
}
