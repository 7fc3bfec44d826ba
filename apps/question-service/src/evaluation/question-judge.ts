import type { Usage } from '../providers/question-provider.ts';
import type { CandidateQuestion } from '../questions/question.ts';
import type { ProviderName } from '../telemetry/labels.ts';
import { proceduralJudge as author, judgeQuestion } from './judge-question.ts';
import type { Verdict } from './verdict.ts';

/** A verdict, or none where the judge could not be reached: such a question is never approved. */
export type Judgement = Verdict | { readonly status: 'unjudged'; readonly error: unknown };

export interface JudgeAnswer {
  /** One for each candidate, in their order. */
  readonly judgements: readonly Judgement[];
  readonly usage: Usage;
}

export interface QuestionJudge {
  readonly provider: ProviderName;
  readonly model: string;
  evaluate(candidates: readonly CandidateQuestion[], signal: AbortSignal): Promise<JudgeAnswer>;
}

/** The offline judge: re-solves each question from its text. */
export const proceduralJudge: QuestionJudge = {
  ...author,
  async evaluate(candidates) {
    return {
      judgements: candidates.map(judge),
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    };
  },
};

function judge(candidate: CandidateQuestion): Judgement {
  try {
    return judgeQuestion(candidate);
  } catch (error) {
    return { status: 'unjudged', error };
  }
}
