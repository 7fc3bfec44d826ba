import type { CandidateQuestion, QuestionType } from '../questions/question.ts';
import { findFormatFaults, formattingScore } from './find-format-faults.ts';
import { leaksAnswer } from './leaks-answer.ts';
import { solveLogic } from './solvers/solve-logic.ts';
import { solveMath } from './solvers/solve-math.ts';
import { solveMemory } from './solvers/solve-memory.ts';
import { solvePattern } from './solvers/solve-pattern.ts';
import { solveSpatial } from './solvers/solve-spatial.ts';
import { solveVerbal } from './solvers/solve-verbal.ts';
import type { Solver } from './solvers/solver.ts';
import {
  approvalThreshold,
  type CriterionScores,
  type RejectionReason,
  type Verdict,
  weightedScore,
} from './verdict.ts';

/** Who judged, as it is stored with a question. */
export const proceduralJudge = { provider: 'procedural', model: 'resolve-v1' } as const;

const solvers: Readonly<Record<QuestionType, Solver>> = {
  pattern: solvePattern,
  logic: solveLogic,
  spatial: solveSpatial,
  math: solveMath,
  verbal: solveVerbal,
  memory: solveMemory,
};

/** What solving a question from its text alone came to. */
export type Resolution = 'agrees' | 'wrong_key' | 'ambiguous' | 'not_understood';

/** Solves a question from its text alone and compares the result with its key. */
export function resolveQuestion(candidate: CandidateQuestion): Resolution {
  const { stimulus = '', content, options } = candidate;
  const right = solvers[candidate.type]({ stimulus, content, options });
  if (right === undefined) return 'not_understood';
  if (right.length > 1) return 'ambiguous';
  return right[0] === candidate.keyIndex ? 'agrees' : 'wrong_key';
}

/**
 * Judges a question without a model: checks its form, looks for a leaked answer, re-solves it from the text
 * alone by code that its author does not share, and scores it.
 *
 * - clarity: 1, less 0.25 each for a sentence of more than 45 words, for more than 1,200 characters, for no
 *   question being asked, and for an explanation of under 15 characters.
 * - validity: 1 when the one right option is the key, else 0, so that what no solver understands cannot reach
 *   the threshold.
 * - formatting: see `formattingScore`.
 * - creativity: 0.5, and up to 0.5 more by the share of different words and signs in what is shown.
 */
export function judgeQuestion(candidate: CandidateQuestion): Verdict {
  if (findFormatFaults(candidate).length > 0) {
    return reject('malformed', { clarity: 0, validity: 0, formatting: 0, creativity: 0 });
  }
  const resolution = resolveQuestion(candidate);
  const scores: CriterionScores = {
    clarity: clarityScore(candidate),
    validity: resolution === 'agrees' ? 1 : 0,
    formatting: formattingScore(candidate),
    creativity: creativityScore(candidate),
  };
  if (leaksAnswer(candidate)) return reject('answer_leakage', scores);
  if (resolution === 'wrong_key' || resolution === 'ambiguous') return reject(resolution, scores);
  const score = weightedScore(scores);
  if (score < approvalThreshold) return reject('below_threshold', scores);
  return { status: 'approved', score, scores };
}

function reject(reason: RejectionReason, scores: CriterionScores): Verdict {
  return { status: 'rejected', score: weightedScore(scores), scores, reason };
}

function clarityScore({ content, explanation }: CandidateQuestion): number {
  const sentences = content.split(/(?<=[.!?:])\s+/u);
  const faults = [
    sentences.some((sentence) => sentence.split(/\s+/u).length > 45),
    content.length > 1_200,
    !content.includes('?'),
    explanation.length < 15,
  ];
  return 1 - faults.filter(Boolean).length * 0.25;
}

function creativityScore({ stimulus = '', content }: CandidateQuestion): number {
  const tokens = `${stimulus} ${content}`.toLowerCase().split(/\s+/u);
  return 0.5 + 0.5 * (new Set(tokens).size / tokens.length);
}
