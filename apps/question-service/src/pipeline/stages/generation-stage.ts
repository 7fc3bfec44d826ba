import {
  type Ask,
  type GenerationBatch,
  type ProviderAnswer,
  ProviderError,
  type QuestionProvider,
} from '../../providers/question-provider.ts';
import { type CandidateQuestion, candidateQuestionSchema } from '../../questions/question.ts';
import { withFallbacks } from '../../resilience/with-fallbacks.ts';
import {
  type CallContext,
  CircuitOpenError,
  createAsk,
  isCircuitOpen,
  reasonOf,
  recordFallback,
} from '../model-calls.ts';
import { inStage, recordFault } from '../pipeline-context.ts';
import type { Routing } from '../routing.ts';
import type { Origin } from '../run-ledger.ts';

interface GenerationContext extends CallContext {
  readonly routing: Pick<Routing, 'authorsOf'>;
  /** Once it fired no other attempt is made for a batch, and no other author is asked. */
  readonly signal: AbortSignal;
}

export interface WrittenBatch {
  /** Where the questions come from: with the author that wrote them, which may be another than was planned. */
  readonly origin: Origin;
  readonly author: Pick<QuestionProvider, 'name' | 'model' | 'promptVersion'>;
  readonly candidates: readonly CandidateQuestion[];
}

/**
 * Has a batch written by the first author of its type that can. What it returns in good form, up to the
 * number asked, is generated; what is missing has failed; what is surplus or malformed is discarded.
 * Never throws.
 */
export function generateBatch(
  context: GenerationContext,
  batch: GenerationBatch,
): Promise<WrittenBatch | undefined> {
  return inStage(context, 'generation', async () => {
    const { ledger, routing, signal } = context;
    const authors = routing.authorsOf(batch.type);
    let written: WrittenBatch | undefined;
    const rest = await withFallbacks(authors, [batch], {
      signal,
      attempt: async (author) => {
        try {
          written = await write(context, author, batch);
          return { work: [] };
        } catch (error) {
          return { work: [batch], error };
        }
      },
      onFallback: ({ from, error }) =>
        recordFallback(context, { from: from.name, purpose: 'generation', error }),
    });
    const planned = { ...batch, provider: plannedAuthor(routing, batch).name };
    if (!written) {
      recordFailure(context, planned, rest.error);
      ledger.generationFailed(planned, reasonOf(rest.error), batch.count);
      return undefined;
    }
    const missing = batch.count - written.candidates.length;
    ledger.takenOver(planned, written.origin, batch.count);
    ledger.generated(written.origin, written.candidates.length);
    if (missing > 0) {
      ledger.error('model_error', 'warning');
      ledger.generationFailed(written.origin, 'model_error', missing);
    }
    return written;
  });
}

/** Who is asked first for a batch, and answers for it until another has written it. */
export function plannedAuthor(
  routing: Pick<Routing, 'authorsOf'>,
  { type }: Pick<GenerationBatch, 'type'>,
): QuestionProvider {
  const [author] = routing.authorsOf(type);
  if (!author) throw new RangeError(`expected an author of ${type} questions, got none`);
  return author;
}

async function write(
  context: GenerationContext,
  author: QuestionProvider,
  batch: GenerationBatch,
): Promise<WrittenBatch> {
  if (isCircuitOpen(context, author.name)) throw new CircuitOpenError(author.name);
  const { telemetry, signal } = context;
  const { name: provider, model } = author;
  const target = { provider, model };
  const ask = createAsk(context, { target, stage: 'generation', stratum: batch, signal });
  const { type, difficultyLevel, count } = batch;
  const attributes = { question_type: type, difficulty: difficultyLevel, question_count: count };
  const startedMs = performance.now();
  let outcome: ReturnType<typeof outcomeOf> = 'ok';
  try {
    const candidates = await telemetry.startSpan(
      `provider.${provider}.generate`,
      { attributes: { ...attributes, model } },
      () => askForCandidates(context, author, batch, ask),
    );
    return { origin: { ...batch, provider }, author, candidates };
  } catch (error) {
    outcome = outcomeOf(error);
    throw error;
  } finally {
    const seconds = (performance.now() - startedMs) / 1000;
    if (outcome !== 'circuit_open') {
      telemetry.recordMetric('provider.requests', 1, { provider, outcome });
      telemetry.recordMetric('provider.request.duration', seconds, { provider });
    }
  }
}

const outcomeOf = (error: unknown): 'ok' | ReturnType<typeof reasonOf> => reasonOf(error);

/** A reply of which nothing can be used is a failed attempt, and was paid for. */
async function askForCandidates(
  context: GenerationContext,
  author: QuestionProvider,
  batch: GenerationBatch,
  ask: Ask,
): Promise<readonly CandidateQuestion[]> {
  const { candidates } = await ask('generation', async (attempt) => {
    const answer = await author.generate(batch, attempt);
    const found = answer.questions.flatMap((question) => toCandidate(question, batch));
    const usable = found.slice(0, batch.count);
    discard(context, author, answer, answer.questions.length - usable.length);
    if (usable.length === 0 && batch.count > 0) {
      const message = `${author.name} gave no question that can be used, of ${batch.count}`;
      throw new ProviderError('model_error', message, { usage: answer.usage });
    }
    return { candidates: usable, usage: answer.usage };
  });
  return candidates;
}

function discard(
  { ledger, telemetry }: GenerationContext,
  { name: provider }: QuestionProvider,
  { questions }: ProviderAnswer,
  discarded: number,
): void {
  if (discarded === 0) return;
  ledger.discarded(provider, discarded);
  const reason = whyMalformed(questions) ?? 'surplus, or of another stratum';
  telemetry.logger.warn('items of a provider discarded', { provider, discarded, reason });
}

/** Circuits that are open were reported when they opened. */
function recordFailure(context: GenerationContext, planned: Origin, error: unknown): void {
  const reason = reasonOf(error);
  if (reason === 'circuit_open') return;
  const operation = `provider.${planned.provider}.generate`;
  recordFault(context, error, { category: reason, operation });
}

/** A question of another stratum than was asked for is as useless as a malformed one. */
function toCandidate(question: unknown, batch: GenerationBatch): CandidateQuestion[] {
  const parsed = candidateQuestionSchema.safeParse(question);
  if (!parsed.success) return [];
  const { stimulus, ...rest } = parsed.data;
  const isAsked = rest.type === batch.type && rest.difficultyLevel === batch.difficultyLevel;
  return isAsked ? [{ ...rest, ...(stimulus === undefined ? {} : { stimulus }) }] : [];
}

/** What is wrong with the first malformed item, without its text. */
function whyMalformed(questions: readonly unknown[]): string | undefined {
  for (const question of questions) {
    const issue = candidateQuestionSchema.safeParse(question).error?.issues[0];
    if (issue) return `${issue.path.join('.')}: ${issue.message}`;
  }
  return undefined;
}
