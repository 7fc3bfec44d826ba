import {
  categoryOf,
  type GenerationBatch,
  type ProviderAnswer,
  type QuestionProvider,
} from '../../providers/question-provider.ts';
import { type CandidateQuestion, candidateQuestionSchema } from '../../questions/question.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import { inStage, recordFault, type StageContext } from '../pipeline-context.ts';

interface GenerationContext extends StageContext {
  readonly provider: QuestionProvider;
  readonly callDeadlineMs: number;
}

/**
 * Asks the provider for a batch. What it returns in good form, up to the number asked, is generated;
 * what is missing has failed; what is surplus or malformed is discarded. Never throws.
 */
export function generateBatch(
  context: GenerationContext,
  batch: GenerationBatch,
): Promise<readonly CandidateQuestion[]> {
  return inStage(context, 'generation', async () => {
    const { ledger, provider } = context;
    const origin = { ...batch, provider: provider.name };
    const answer = await ask(context, batch);
    if ('category' in answer) {
      ledger.generationFailed(origin, answer.category, batch.count);
      return [];
    }
    const candidates = answer.questions
      .flatMap((question) => toCandidate(question, batch))
      .slice(0, batch.count);
    const missing = batch.count - candidates.length;
    ledger.generated(origin, candidates.length);
    const discarded = answer.questions.length - candidates.length;
    if (discarded > 0) {
      ledger.discarded(provider.name, discarded);
      context.telemetry.logger.warn('items of a provider discarded', {
        provider: provider.name,
        discarded,
        reason: whyMalformed(answer.questions) ?? 'surplus, or of another stratum',
      });
    }
    if (missing > 0) {
      ledger.error('model_error', 'warning');
      ledger.generationFailed(origin, 'model_error', missing);
    }
    return candidates;
  });
}

async function ask(
  context: GenerationContext,
  batch: GenerationBatch,
): Promise<ProviderAnswer | { category: ReturnType<typeof categoryOf> }> {
  const { telemetry, ledger, provider, callDeadlineMs } = context;
  const { name, model } = provider;
  const { type, difficultyLevel, count } = batch;
  const attributes = {
    question_type: type,
    difficulty: difficultyLevel,
    question_count: count,
    model,
    attempt: 1,
  };
  const startedMs = performance.now();
  try {
    const answer = await telemetry.startSpan(`provider.${name}.generate`, { attributes }, () =>
      withDeadline(callDeadlineMs, (signal) => provider.generate(batch, { number: 1, signal })),
    );
    const origin = { ...batch, provider: name };
    ledger.modelCalled(origin, { provider: name, model, purpose: 'generation', ...answer.usage });
    telemetry.recordMetric('provider.requests', 1, { provider: name, outcome: 'ok' });
    return answer;
  } catch (error) {
    const category = categoryOf(error);
    telemetry.recordMetric('provider.requests', 1, { provider: name, outcome: category });
    recordFault(context, error, { category, operation: `provider.${name}.generate` });
    return { category };
  } finally {
    const seconds = (performance.now() - startedMs) / 1000;
    telemetry.recordMetric('provider.request.duration', seconds, { provider: name });
  }
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
