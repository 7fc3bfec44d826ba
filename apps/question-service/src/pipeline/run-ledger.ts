import type { RejectionReason } from '../evaluation/verdict.ts';
import { rejectionReasons } from '../evaluation/verdict.ts';
import type { Stratum } from '../questions/question.ts';
import type { CostCeiling } from '../resilience/cost-ceiling.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import {
  type CallPurpose,
  type DuplicateKind,
  duplicateKinds,
  type FallbackReason,
  type GenerationFailure,
  generationFailures,
  type InsertFailure,
  insertFailures,
  type ModelName,
  type ProviderName,
  type RunErrorCategory,
  type RunErrorSeverity,
  type RunOutcome,
  type Stage,
  stages,
} from '../telemetry/labels.ts';
import { type ModelCall, ModelCosts } from './model-costs.ts';
import {
  assertBalanced,
  type Counts,
  type ProviderCounts,
  type RunSummary,
  total,
} from './run-summary.ts';

/** Where a question comes from: its place in the inventory and its author. */
export interface Origin extends Stratum {
  readonly provider: ProviderName;
}

/** What a ledger knows of its run; the rest of a summary is the run's identity. */
export type Account = Omit<
  RunSummary,
  | 'runId'
  | 'traceId'
  | 'trigger'
  | 'state'
  | 'seed'
  | 'startedAt'
  | 'completedAt'
  | 'durationSeconds'
>;

type Step = keyof Counts;

/**
 * The one place where a run is counted: each call adds to the account and records the metric,
 * so that the summary, the metrics and the rows cannot disagree.
 */
export class RunLedger {
  readonly #telemetry: Telemetry;
  readonly #ceiling: CostCeiling;
  readonly #steps: Counts = noCounts();
  readonly #failed = zeros(generationFailures);
  readonly #rejected = zeros(rejectionReasons);
  readonly #duplicates = zeros(duplicateKinds);
  readonly #insertFailed = zeros(insertFailures);
  #unjudged = 0;
  #discarded = 0;
  #retries = 0;
  #fallbacks = 0;
  #breakerTrips = 0;
  readonly #byProvider: Record<string, ProviderCounts> = {};
  readonly #byType: Record<string, Counts> = {};
  readonly #byDifficulty: Record<string, Counts> = {};
  readonly #costs = new ModelCosts();
  readonly #errorsByCategory: Record<string, number> = {};
  readonly #errorsBySeverity: Record<string, number> = {};
  readonly #stageSeconds = zeros(stages);

  constructor(telemetry: Telemetry, ceiling: CostCeiling) {
    this.#telemetry = telemetry;
    this.#ceiling = ceiling;
  }

  /** @param origin With the author that is planned; the batch is its own until another has written it. */
  requested(origin: Origin, count: number): void {
    this.#advance('requested', origin, count);
    this.#openSeries(origin);
  }

  /** A batch was written: where by another author than was planned, it goes over to that one. */
  takenOver(planned: Origin, origin: Origin, count: number): void {
    if (origin.provider === planned.provider) return;
    this.#countsOf(planned.provider).handedOver += count;
    this.#countsOf(origin.provider).takenOver += count;
    this.#openSeries(origin);
  }

  generated(origin: Origin, count: number): void {
    this.#advance('generated', origin, count);
    this.#telemetry.recordMetric('generation.questions', count, { outcome: 'generated' });
  }

  generationFailed(origin: Origin, reason: GenerationFailure, count: number): void {
    this.#failed[reason] += count;
    this.#countsOf(origin.provider).failed += count;
    this.#telemetry.recordMetric('questions.failed', count, { ...labelsOf(origin), reason });
    this.#telemetry.recordMetric('generation.questions', count, { outcome: 'failed' });
  }

  discarded(provider: ProviderName, count: number): void {
    this.#discarded += count;
    this.#telemetry.recordMetric('questions.discarded', count, { provider });
  }

  approved(origin: Origin, score: number): void {
    this.#advance('approved', origin, 1);
    this.#telemetry.recordMetric('judge.score', score, { question_type: origin.type });
  }

  /** @param score Absent where the judge needed none to reject. */
  rejected(origin: Origin, reason: RejectionReason, score?: number): void {
    this.#rejected[reason] += 1;
    this.#telemetry.recordMetric('questions.rejected', 1, { ...labelsOf(origin), reason });
    if (score === undefined) return;
    this.#telemetry.recordMetric('judge.score', score, { question_type: origin.type });
  }

  unjudged(origin: Origin, count: number): void {
    this.#unjudged += count;
    this.#telemetry.recordMetric('questions.unjudged', count, labelsOf(origin));
  }

  duplicate(origin: Origin, kind: DuplicateKind): void {
    this.#duplicates[kind] += 1;
    this.#telemetry.recordMetric('questions.duplicates', 1, { ...labelsOf(origin), kind });
  }

  inserted(origin: Origin, count: number): void {
    this.#advance('inserted', origin, count);
  }

  insertFailed(origin: Origin, reason: InsertFailure, count: number): void {
    this.#insertFailed[reason] += count;
    const labels = { ...labelsOf(origin), reason };
    this.#telemetry.recordMetric('questions.insert_failures', count, labels);
  }

  modelCalled({ type }: Pick<Stratum, 'type'>, call: ModelCall): void {
    this.#costs.add(call);
    const { provider, model, purpose, costUsd } = call;
    this.#ceiling.spent(costUsd);
    if (costUsd === undefined) {
      this.#telemetry.recordMetric('api.unpriced_calls', 1, { provider });
      return;
    }
    // The set of models is fixed by configuration; an unexpected one is recorded as `other`.
    const labels = { provider, model: model as ModelName, question_type: type, purpose };
    this.#telemetry.recordMetric('api.cost_usd', costUsd, labels);
  }

  error(category: RunErrorCategory, severity: RunErrorSeverity): void {
    this.#errorsByCategory[category] = (this.#errorsByCategory[category] ?? 0) + 1;
    this.#errorsBySeverity[severity] = (this.#errorsBySeverity[severity] ?? 0) + 1;
    this.#telemetry.recordMetric('pipeline.errors', 1, { category, severity });
  }

  retried(stage: Stage): void {
    this.#retries += 1;
    this.#telemetry.recordMetric('pipeline.retries', 1, { stage });
  }

  fellBack(provider: ProviderName, purpose: CallPurpose, reason: FallbackReason): void {
    this.#fallbacks += 1;
    this.#telemetry.recordMetric('provider.fallbacks', 1, { provider, purpose, reason });
  }

  breakerTripped(provider: ProviderName): void {
    this.#breakerTrips += 1;
    this.#telemetry.recordMetric('circuit_breaker.trips', 1, { provider });
  }

  stageTook(stage: Stage, seconds: number): void {
    this.#stageSeconds[stage] += seconds;
    this.#telemetry.recordMetric('pipeline.stage.duration', seconds, { stage });
  }

  /** How many requested questions have come to an end, good or bad. */
  get settled(): number {
    const rejected = total(this.#rejected) + this.#unjudged;
    const ended = total(this.#duplicates) + this.#steps.inserted + total(this.#insertFailed);
    return total(this.#failed) + rejected + ended;
  }

  /** Cost so far, without the calls whose price is not known. */
  get costUsd(): number {
    return this.#costs.total.usd;
  }

  get steps(): Readonly<Counts> {
    return this.#steps;
  }

  /** Closes the account. @throws {AccountingError} When the counts do not add up. */
  close(): Account {
    const account: Account = {
      ...this.#steps,
      failed: this.#failed,
      rejected: this.#rejected,
      unjudged: this.#unjudged,
      duplicates: this.#duplicates,
      insertFailed: this.#insertFailed,
      discarded: this.#discarded,
      byProvider: this.#byProvider,
      byType: this.#byType,
      byDifficulty: this.#byDifficulty,
      cost: this.#costs.total,
      errors: { byCategory: this.#errorsByCategory, bySeverity: this.#errorsBySeverity },
      retries: this.#retries,
      fallbacks: this.#fallbacks,
      breakerTrips: this.#breakerTrips,
      stages: secondsOf(this.#stageSeconds),
    };
    assertBalanced(account);
    return structuredClone(account);
  }

  /** Counts the run itself, once, when its summary stands. */
  ended(outcome: RunOutcome, trigger: RunSummary['trigger'], durationSeconds: number): void {
    this.#telemetry.recordMetric('pipeline.runs', 1, { outcome, trigger });
    this.#telemetry.recordMetric('pipeline.run.duration', durationSeconds, { outcome });
  }

  #advance(step: Step, origin: Origin, count: number): void {
    this.#steps[step] += count;
    const { provider, type, difficultyLevel } = origin;
    this.#countsOf(provider)[step] += count;
    countsOf(this.#byType, type)[step] += count;
    countsOf(this.#byDifficulty, difficultyLevel)[step] += count;
    this.#telemetry.recordMetric(`questions.${step}`, count, labelsOf(origin));
  }

  /** A series that begins at its final value shows no increase: each begins at 0. */
  #openSeries(origin: Origin): void {
    for (const step of ['generated', 'approved', 'inserted'] as const)
      this.#advance(step, origin, 0);
  }

  #countsOf(provider: ProviderName): ProviderCounts {
    const found = this.#byProvider[provider];
    if (found) return found;
    const counts = { ...noCounts(), failed: 0, handedOver: 0, takenOver: 0 };
    this.#byProvider[provider] = counts;
    return counts;
  }
}

function labelsOf(origin: Origin) {
  const { type, difficultyLevel, provider } = origin;
  return { question_type: type, difficulty: difficultyLevel, provider };
}

function countsOf(counts: Record<string, Counts>, key: string): Counts {
  const found = counts[key] ?? noCounts();
  counts[key] = found;
  return found;
}

function noCounts(): Counts {
  return { requested: 0, generated: 0, approved: 0, inserted: 0 };
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

function secondsOf(totals: Readonly<Record<Stage, number>>): RunSummary['stages'] {
  const entries = stages.map((stage) => [stage, { seconds: roundSeconds(totals[stage]) }]);
  return Object.fromEntries(entries) as RunSummary['stages'];
}

function roundSeconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
