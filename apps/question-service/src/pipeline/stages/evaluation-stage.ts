import type { JudgeAnswer, QuestionJudge } from '../../evaluation/question-judge.ts';
import type { CriterionScores } from '../../evaluation/verdict.ts';
import type { CandidateQuestion } from '../../questions/question.ts';
import { withDeadline } from '../../resilience/deadline.ts';
import { inStage, recordFault, type StageContext } from '../pipeline-context.ts';
import type { Origin } from '../run-ledger.ts';

interface EvaluationContext extends StageContext {
  readonly judge: QuestionJudge;
  readonly callDeadlineMs: number;
}

export interface ApprovedQuestion {
  readonly question: CandidateQuestion;
  readonly score: number;
  readonly scores: CriterionScores;
}

/** Has a batch judged. What no judge could be reached for stays unjudged, and is not approved. Never throws. */
export function evaluateBatch(
  context: EvaluationContext,
  origin: Origin,
  candidates: readonly CandidateQuestion[],
): Promise<readonly ApprovedQuestion[]> {
  return inStage(context, 'evaluation', async () => {
    const answer = await askJudge(context, origin, candidates);
    const judgements = candidates.map((question, index) => ({
      question,
      judgement: answer?.judgements[index],
    }));
    const approved: ApprovedQuestion[] = [];
    for (const { question, judgement } of judgements) {
      if (judgement?.status === 'approved') {
        context.ledger.approved(origin, judgement.score);
        approved.push({ question, score: judgement.score, scores: judgement.scores });
      } else if (judgement?.status === 'rejected') {
        context.ledger.rejected(origin, judgement.reason, judgement.score);
      } else {
        context.ledger.unjudged(origin, 1);
      }
    }
    reportUnjudged(context, answer);
    return approved;
  });
}

async function askJudge(
  context: EvaluationContext,
  origin: Origin,
  candidates: readonly CandidateQuestion[],
): Promise<JudgeAnswer | undefined> {
  const { telemetry, ledger, judge, callDeadlineMs } = context;
  const { provider, model } = judge;
  const attributes = { provider, model, question_count: candidates.length };
  try {
    const answer = await telemetry.startSpan('judge.evaluate', { attributes }, () =>
      withDeadline(callDeadlineMs, (signal) => judge.evaluate(candidates, signal)),
    );
    ledger.modelCalled(origin, { provider, model, purpose: 'evaluation', ...answer.usage });
    return answer;
  } catch (error) {
    recordFault(context, error, { category: 'judge', operation: 'judge.evaluate' });
    return undefined;
  }
}

/** One report for a batch: a judge that is down would otherwise be reported for every question. */
function reportUnjudged(context: EvaluationContext, answer: JudgeAnswer | undefined): void {
  const unjudged = answer?.judgements.find((judgement) => judgement.status === 'unjudged');
  if (unjudged?.status !== 'unjudged') return;
  recordFault(context, unjudged.error, { category: 'judge', operation: 'judge.evaluate' });
}
