import { type Ask, categoryOf, ProviderError, type Usage } from '../providers/question-provider.ts';
import type { Stratum } from '../questions/question.ts';
import type { Permit } from '../resilience/circuit-breaker.ts';
import { withDeadline } from '../resilience/deadline.ts';
import { pause } from '../resilience/pause.ts';
import { type Retryability, type RetryPolicy, retry } from '../resilience/retry.ts';
import type {
  CallPurpose,
  ErrorCategory,
  FallbackReason,
  ProviderName,
  Stage,
} from '../telemetry/labels.ts';
import type { StageContext } from './pipeline-context.ts';
import type { ProviderBreakers } from './provider-breakers.ts';

/** What calls to models are made with, in every stage. */
export interface CallContext extends StageContext {
  readonly breakers: ProviderBreakers;
  readonly retryPolicy: RetryPolicy;
  readonly callDeadlineMs: number;
  /** Uniform on [0, 1), for the jitter between attempts. */
  readonly random: () => number;
}

export interface CallTarget {
  readonly provider: ProviderName;
  readonly model: string;
}

/** A call that was not made: the provider fails too often of late. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
  readonly code = 'circuit_open';

  constructor(provider: ProviderName) {
    super(`${provider} is not asked: its circuit is open`);
  }
}

/**
 * How a stage asks one model about questions of a stratum.
 *
 * @param options.signal Once it fired, a failed attempt is the last.
 */
export function createAsk(
  context: CallContext,
  options: {
    readonly target: CallTarget;
    readonly stage: Stage;
    readonly stratum: Stratum;
    readonly signal: AbortSignal;
  },
): Ask {
  const { ledger, retryPolicy, random, callDeadlineMs } = context;
  const { target, stage, stratum, signal } = options;

  const book = (purpose: CallPurpose, usage: Usage) =>
    ledger.modelCalled(stratum, { ...target, purpose, ...usage });

  return (purpose, attempt) => {
    let previous: unknown;
    const onRetry = (error: unknown) => {
      previous = error;
      ledger.retried(stage);
      ledger.error(categoryOf(error), 'warning');
    };
    const policy = { ...retryPolicy, assess, random, pause, signal, onRetry };
    return retry(policy, async (number) => {
      const permit = context.breakers.of(target.provider).permit();
      if (!permit) throw previous ?? new CircuitOpenError(target.provider);
      try {
        const reply = await withDeadline(callDeadlineMs, (deadline) =>
          attempt({ number, signal: deadline }),
        );
        permit.succeeded();
        book(purpose, reply.usage);
        return reply;
      } catch (error) {
        settle(permit, error, context, target.provider);
        if (error instanceof ProviderError && error.usage) book(purpose, error.usage);
        throw error;
      }
    });
  };
}

/** Whether there is no point in turning to a provider now. */
export function isCircuitOpen({ breakers }: CallContext, provider: ProviderName): boolean {
  return breakers.of(provider).isRefusing;
}

/** Enters that work went on from one provider to the next. */
export function recordFallback(
  { ledger, telemetry }: CallContext,
  handover: {
    readonly from: ProviderName;
    readonly purpose: CallPurpose;
    readonly error: unknown;
  },
): void {
  const { from, purpose, error } = handover;
  const reason = reasonOf(error);
  ledger.fellBack(from, purpose, reason);
  if (reason !== 'circuit_open') ledger.error(reason, 'warning');
  telemetry.logger.warn('work handed on to the next provider', { provider: from, purpose, reason });
}

export function reasonOf(error: unknown): FallbackReason {
  return error instanceof CircuitOpenError ? error.code : categoryOf(error);
}

/** Nothing that time heals. */
const lasting: ReadonlySet<ErrorCategory> = new Set(['billing_quota', 'authentication'] as const);

function settle(
  permit: Permit,
  error: unknown,
  { ledger }: CallContext,
  provider: ProviderName,
): void {
  const isLasting = lasting.has(categoryOf(error));
  // What another attempt cannot help lies in what was asked, and says nothing of the provider.
  if (!isLasting && !assess(error).isRetryable) permit.withdrawn();
  else if (permit.failed({ isLasting })) ledger.breakerTripped(provider);
}

/** A defect is thrown on: another attempt would meet it again. */
function assess(error: unknown): Retryability {
  if (error instanceof ProviderError) return error;
  return { isRetryable: error instanceof Error && error.name === 'TimeoutError' };
}
