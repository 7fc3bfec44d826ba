import type { QuestionEmbedder } from '../../src/deduplication/question-embedder.ts';
import type { Judgement, QuestionJudge } from '../../src/evaluation/question-judge.ts';
import type { Solution } from '../../src/evaluation/solve-blind.ts';
import type { ModelClient } from '../../src/models/model-client.ts';
import {
  type GenerationBatch,
  ProviderError,
  type QuestionProvider,
} from '../../src/providers/question-provider.ts';
import type { CandidateQuestion } from '../../src/questions/question.ts';
import { createRandom } from '../../src/questions/random.ts';
import type { QuestionsRepository } from '../../src/storage/questions-repository.ts';
import {
  type ErrorCategory,
  errorCategories,
  type ProviderName,
} from '../../src/telemetry/labels.ts';

const usage = { inputTokens: 10, outputTokens: 20, costUsd: 0.001 };
const scores = { clarity: 1, validity: 1, formatting: 1, creativity: 1 };

export const keyMark = 'key';

/** A question of invented words: no two are alike. Its key can be told by how it begins. */
export function inventQuestion(batch: GenerationBatch, index: number): CandidateQuestion {
  const random = createRandom(`${batch.seed}/${batch.offset + index}`);
  const word = () =>
    Array.from({ length: 9 }, () => random.pick([...'abcdefghijklmnopqrstuvwxyz'])).join('');
  const keyIndex = random.integer(0, 3);
  return {
    type: batch.type,
    difficultyLevel: batch.difficultyLevel,
    content: Array.from({ length: 12 }, word).join(' '),
    options: Array.from({ length: 4 }, (_, place) =>
      place === keyIndex ? `${keyMark}${word()}` : `x${word()}`,
    ),
    keyIndex,
    explanation: word(),
  };
}

export type ProviderFault =
  | 'none'
  | 'fewer'
  | 'surplus'
  | 'malformed'
  | 'other_stratum'
  | 'crash'
  | ErrorCategory;

/** An author that does what the script says, batch after batch, and nothing wrong after its end. */
export function scriptedProvider(
  script: readonly ProviderFault[],
  name: ProviderName = 'procedural',
): QuestionProvider {
  let call = 0;
  return {
    name,
    model: 'families-v1',
    promptVersion: 'scripted',
    async generate(batch) {
      const fault = script[call] ?? 'none';
      call += 1;
      const good = Array.from({ length: batch.count }, (_, index) => inventQuestion(batch, index));
      switch (fault) {
        case 'none':
          return { questions: good, usage };
        case 'fewer':
          return { questions: good.slice(1), usage };
        case 'surplus':
          return { questions: [...good, inventQuestion(batch, batch.count)], usage };
        case 'malformed':
          return { questions: [{}, null, ...good.slice(2)], usage: { ...usage, costUsd: 0 } };
        case 'other_stratum':
          return { questions: good.map((question) => ({ ...question, type: 'other' })), usage };
        case 'crash':
          throw new TypeError('a defect');
        case 'model_error':
          throw new ProviderError(fault, 'scripted', { usage });
        default:
          throw new ProviderError(fault, 'scripted');
      }
    },
  };
}

export type ModelFault =
  | 'none'
  | 'low_score'
  | 'wrong_key'
  | 'ambiguous'
  | 'unpriced'
  | 'crash'
  | ErrorCategory;

/** A model that scores and solves, call after call as the script says, and nothing wrong after its end. */
export function scriptedClient(
  script: readonly ModelFault[],
  provider: ProviderName,
): ModelClient & { readonly asked: { purpose: string; prompt: string; attempt: number }[] } {
  const asked: { purpose: string; prompt: string; attempt: number }[] = [];
  return {
    provider,
    model: 'resolve-v1',
    asked,
    async ask({ purpose, schema, prompt, attempt }) {
      const fault = script[asked.length] ?? 'none';
      asked.push({ purpose, prompt, attempt });
      if (fault === 'crash') throw new TypeError('a defect');
      if (isCategory(fault)) {
        throw new ProviderError(fault, 'scripted', fault === 'model_error' ? { usage } : {});
      }
      const value = purpose === 'solving' ? solution(fault, prompt) : rubric(fault);
      const { costUsd, ...tokens } = usage;
      return {
        value: schema.parse(value),
        usage: fault === 'unpriced' ? tokens : { ...tokens, costUsd },
        finishReason: 'stop',
        responseModel: 'resolve-v1',
      };
    },
  };
}

const isCategory = (fault: ModelFault): fault is ErrorCategory =>
  (errorCategories as readonly string[]).includes(fault);

function rubric(fault: ModelFault) {
  return { remarks: 'fine', ...scores, validity: fault === 'low_score' ? 0.1 : 1 };
}

function solution(fault: ModelFault, prompt: string): Solution {
  const lines = [...prompt.matchAll(/^([A-F])\. (.*)$/gmu)];
  const letter = (isKey: boolean) =>
    lines.find(([, , option = '']) => option.startsWith(keyMark) === isKey)?.[1] as 'A';
  const right = letter(true);
  const other = letter(false);
  const named = { wrong_key: [other], ambiguous: [right, other] }[fault as string] ?? [right];
  return { working: 'worked', rightOptions: named };
}

export type JudgeFault = 'none' | 'down' | 'half_down' | 'rejects' | 'short';

export function scriptedJudge(
  script: readonly JudgeFault[],
  provider: ProviderName = 'procedural',
): QuestionJudge {
  let call = 0;
  return {
    provider,
    model: 'resolve-v1',
    async evaluate(candidates, ask) {
      const { judgements } = await ask('evaluation', async () => {
        const fault = script[call] ?? 'none';
        call += 1;
        if (fault === 'down') throw new ProviderError('server_error', 'the judge is down');
        const all = candidates.map((_, index) => judgementOf(fault, index));
        return { judgements: fault === 'short' ? all.slice(1) : all, usage };
      });
      return judgements;
    },
  };
}

function judgementOf(fault: JudgeFault, index: number): Judgement {
  if (fault === 'half_down' && index % 2 === 0) {
    return { status: 'unjudged', error: new Error('no answer') };
  }
  if (fault === 'rejects' && index % 3 === 0) {
    return { status: 'rejected', reason: 'wrong_key', score: 0.4, scores };
  }
  return { status: 'approved', score: 1, scores };
}

export function faultyEmbedder(
  embedder: QuestionEmbedder,
  script: readonly boolean[],
): QuestionEmbedder {
  let call = 0;
  return {
    provider: embedder.provider,
    model: embedder.model,
    async embed(questions, ask) {
      const fails = script[call] === true;
      call += 1;
      if (fails) throw new Error('no embedding');
      return embedder.embed(questions, ask);
    },
  };
}

export type StorageFault = 'none' | 'before_commit' | 'after_commit' | 'constraint';

/** A door to the bank that breaks before or after the commit, as the script says. */
export function faultyQuestions(
  questions: QuestionsRepository,
  script: readonly StorageFault[],
): QuestionsRepository {
  let call = 0;
  const broken = (code: string) => Object.assign(new Error(`scripted ${code}`), { code });
  return {
    ...questions,
    async storeBatch(runId, batch) {
      const fault = script[call] ?? 'none';
      call += 1;
      if (fault === 'before_commit') throw broken('ECONNRESET');
      if (fault === 'constraint') throw broken('23514');
      const stored = await questions.storeBatch(runId, batch);
      if (fault === 'after_commit') throw broken('ECONNRESET');
      return stored;
    },
  };
}
