import type { ModelClient, ModelRequest } from '../models/model-client.ts';
import type { Ask } from '../providers/question-provider.ts';
import type { CandidateQuestion } from '../questions/question.ts';
import { forEachBounded } from '../resilience/for-each-bounded.ts';
import { findFormatFaults } from './find-format-faults.ts';
import { leaksAnswer } from './leaks-answer.ts';
import type { Judgement, QuestionJudge } from './question-judge.ts';
import { rubricInstructions, rubricPrompt, rubricSchema, toScores } from './score-by-rubric.ts';
import { solutionSchema, solvingInstructions, toBlindQuestion } from './solve-blind.ts';
import { type CriterionWeights, weightedScore } from './verdict.ts';

export interface ModelJudgeOptions {
  readonly client: ModelClient;
  /** The least weighted score that is approved, 0..1. */
  readonly threshold: number;
  readonly weights: CriterionWeights;
  /** Questions of a batch that are judged at the same time. */
  readonly concurrency: number;
}

const never = new AbortController().signal;

/**
 * A model as a judge. What code can tell is not asked: malformed questions and those that leak their answer are
 * rejected without a call. The rest is scored by the rubric and, where the score is enough, solved without
 * the key: another answer than the key, or several right ones, reject it too.
 *
 * Each question is judged by itself: beside better ones it would score less.
 */
export function createModelJudge(options: ModelJudgeOptions): QuestionJudge {
  const { client, concurrency } = options;
  return {
    provider: client.provider,
    model: client.model,
    async evaluate(candidates, ask) {
      const judgements: Judgement[] = [];
      await forEachBounded(
        [...candidates.entries()],
        { concurrency, signal: never },
        async ([index, candidate]) => {
          judgements[index] = await judge(options, candidate, ask);
        },
      );
      return judgements;
    },
  };
}

async function judge(
  { client, threshold, weights }: ModelJudgeOptions,
  candidate: CandidateQuestion,
  ask: Ask,
): Promise<Judgement> {
  if (findFormatFaults(candidate).length > 0) return { status: 'rejected', reason: 'malformed' };
  if (leaksAnswer(candidate)) return { status: 'rejected', reason: 'answer_leakage' };
  try {
    const answer = await put(client, ask, {
      purpose: 'evaluation',
      schema: rubricSchema,
      instructions: rubricInstructions,
      prompt: rubricPrompt(candidate),
    });
    const scores = toScores(answer);
    const score = weightedScore(scores, weights);
    if (score < threshold) return { status: 'rejected', reason: 'below_threshold', score, scores };

    const blind = toBlindQuestion(candidate);
    const solution = await put(client, ask, {
      purpose: 'solving',
      schema: solutionSchema,
      instructions: solvingInstructions,
      prompt: blind.prompt,
    });
    const resolution = blind.check(solution);
    if (resolution === 'agrees') return { status: 'approved', score, scores };
    return { status: 'rejected', reason: resolution, score, scores };
  } catch (error) {
    return { status: 'unjudged', error };
  }
}

async function put<Value>(
  client: ModelClient,
  ask: Ask,
  request: Omit<ModelRequest<Value>, 'attempt' | 'signal'>,
): Promise<Value> {
  const { value } = await ask(request.purpose, ({ number, signal }) =>
    client.ask({ ...request, attempt: number, signal }),
  );
  return value;
}
