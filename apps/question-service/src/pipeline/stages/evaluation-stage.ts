import type { Judgement, QuestionJudge } from '../../evaluation/question-judge.ts';
import type { CriterionScores } from '../../evaluation/verdict.ts';
import { ProviderError } from '../../providers/question-provider.ts';
import type { CandidateQuestion } from '../../questions/question.ts';
import { type Rest, withFallbacks } from '../../resilience/with-fallbacks.ts';
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
import type { WrittenBatch } from './generation-stage.ts';

interface EvaluationContext extends CallContext {
  readonly routing: Pick<Routing, 'judgesOf'>;
  /** Once it fired no other attempt is made at a judge; those in line are still asked once. */
  readonly ending: AbortSignal;
}

export interface ApprovedQuestion {
  readonly question: CandidateQuestion;
  readonly author: WrittenBatch['author'];
  readonly judge: Pick<QuestionJudge, 'provider' | 'model'>;
  readonly score: number;
  readonly scores: CriterionScores;
}

/**
 * Has a batch judged by the first judge that can; what one leaves unjudged goes to the next. What no judge
 * could be reached for stays unjudged, and is not approved. Never throws.
 */
export function evaluateBatch(
  context: EvaluationContext,
  { origin, author, candidates }: WrittenBatch,
): Promise<readonly ApprovedQuestion[]> {
  return inStage(context, 'evaluation', async () => {
    const { ledger, routing } = context;
    const approved: ApprovedQuestion[] = [];
    const judges = routing.judgesOf(origin.provider);
    const rest = await withFallbacks(judges, candidates, {
      attempt: async (judge, questions) => {
        const judged = await judgeWith(context, judge, origin, questions);
        const by = { author, judge: { provider: judge.provider, model: judge.model } };
        for (const { question, judgement } of judged.done) {
          if (judgement.status === 'rejected') {
            ledger.rejected(origin, judgement.reason, judgement.score);
          } else {
            const { score, scores } = judgement;
            ledger.approved(origin, score);
            approved.push({ question, ...by, score, scores });
          }
        }
        return judged.rest;
      },
      onFallback: ({ from, error }) =>
        recordFallback(context, { from: from.provider, purpose: 'evaluation', error }),
    });
    if (rest.work.length > 0) {
      ledger.unjudged(origin, rest.work.length);
      recordUnjudged(context, rest.error);
    }
    return approved;
  });
}

interface Judged {
  readonly done: readonly {
    readonly question: CandidateQuestion;
    readonly judgement: Exclude<Judgement, { status: 'unjudged' }>;
  }[];
  readonly rest: Rest<CandidateQuestion>;
}

async function judgeWith(
  context: EvaluationContext,
  judge: QuestionJudge,
  origin: Origin,
  questions: readonly CandidateQuestion[],
): Promise<Judged> {
  const { provider, model } = judge;
  if (isCircuitOpen(context, provider)) {
    return { done: [], rest: { work: questions, error: new CircuitOpenError(provider) } };
  }
  const ask = createAsk(context, {
    target: { provider, model },
    stage: 'evaluation',
    stratum: origin,
    signal: context.ending,
  });
  const attributes = { provider, model, question_count: questions.length };
  try {
    return await context.telemetry.startSpan('judge.evaluate', { attributes }, async (span) => {
      const judged = sort(questions, await judge.evaluate(questions, ask));
      span.setAttribute('unjudged_count', judged.rest.work.length);
      return judged;
    });
  } catch (error) {
    return { done: [], rest: { work: questions, error } };
  }
}

/** A judge that says nothing of a question has not judged it. */
function sort(questions: readonly CandidateQuestion[], judgements: readonly Judgement[]): Judged {
  const done: Judged['done'][number][] = [];
  const work: CandidateQuestion[] = [];
  const errors: unknown[] = [];
  for (const [index, question] of questions.entries()) {
    const judgement = judgements[index];
    if (judgement && judgement.status !== 'unjudged') done.push({ question, judgement });
    else {
      work.push(question);
      errors.push(judgement?.error ?? new RangeError('a judge gave fewer judgements than asked'));
    }
  }
  // A circuit opens because of another error, which says more.
  const telling = errors.find((error) => !(error instanceof CircuitOpenError));
  return { done, rest: { work, error: telling ?? errors[0] } };
}

/** One report for a batch: a judge that is down would otherwise be reported for every question. */
function recordUnjudged(context: EvaluationContext, error: unknown): void {
  const reason = reasonOf(error);
  if (reason === 'circuit_open') return;
  const isOfProvider = error instanceof ProviderError || reason !== 'unknown';
  const category = isOfProvider ? reason : 'judge';
  recordFault(context, error ?? new Error('there is no judge for this author'), {
    category,
    operation: 'judge.evaluate',
  });
}
