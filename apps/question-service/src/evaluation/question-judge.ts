import type { Ask } from '../providers/question-provider.ts';
import type { CandidateQuestion } from '../questions/question.ts';
import { mapInSlices } from '../resilience/map-in-slices.ts';
import type { ProviderName } from '../telemetry/labels.ts';
import { proceduralJudge as author, judgeQuestion } from './judge-question.ts';
import type { RejectionReason, Verdict } from './verdict.ts';

/**
 * A verdict, with no score where none was needed to reject; or none where the judge could not be reached: such
 * a question is never approved.
 */
export type Judgement =
  | Verdict
  | { readonly status: 'rejected'; readonly reason: RejectionReason; readonly score?: undefined }
  | { readonly status: 'unjudged'; readonly error: unknown };

export interface QuestionJudge {
  readonly provider: ProviderName;
  readonly model: string;
  /** One judgement for each candidate, in their order; every call is made by way of `ask`. */
  evaluate(candidates: readonly CandidateQuestion[], ask: Ask): Promise<readonly Judgement[]>;
}

/** The offline judge: re-solves each question from its text. */
export const proceduralJudge: QuestionJudge = {
  ...author,
  async evaluate(candidates, ask) {
    const { judgements } = await ask('evaluation', async () => ({
      judgements: await mapInSlices(candidates, judge),
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    }));
    return judgements;
  },
};

function judge(candidate: CandidateQuestion): Judgement {
  try {
    return judgeQuestion(candidate);
  } catch (error) {
    return { status: 'unjudged', error };
  }
}
