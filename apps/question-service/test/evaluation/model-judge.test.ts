import { describe, expect, test } from 'vitest';
import { createModelJudge } from '../../src/evaluation/model-judge.ts';
import { approvalThreshold, criterionWeights } from '../../src/evaluation/verdict.ts';
import type { Ask, Usage } from '../../src/providers/question-provider.ts';
import type { CandidateQuestion } from '../../src/questions/question.ts';
import { inventQuestion, type ModelFault, scriptedClient } from '../support/scripted-parts.ts';

const batch = { type: 'math', difficultyLevel: 'easy', count: 4, seed: '7', offset: 0 } as const;
const sound = inventQuestion(batch, 0);

/** Makes one attempt, and notes what it took. */
function createBook() {
  const booked: [purpose: string, usage: Usage][] = [];
  const ask: Ask = async (purpose, attempt) => {
    const reply = await attempt({ number: 1, signal: AbortSignal.timeout(1_000) });
    booked.push([purpose, reply.usage]);
    return reply;
  };
  return { booked, ask };
}

async function judge(candidates: readonly CandidateQuestion[], script: readonly ModelFault[] = []) {
  const client = scriptedClient(script, 'google');
  const { ask, booked } = createBook();
  const judgements = await createModelJudge({
    client,
    threshold: approvalThreshold,
    weights: criterionWeights,
    concurrency: 1,
  }).evaluate(candidates, ask);
  return { judgements, booked, asked: client.asked };
}

describe('createModelJudge', () => {
  test('approves what scores well and can be solved without the key', async () => {
    const { judgements, booked } = await judge([sound]);

    expect(judgements).toEqual([
      {
        status: 'approved',
        score: 1,
        scores: { clarity: 1, validity: 1, formatting: 1, creativity: 1 },
      },
    ]);
    expect(booked.map(([purpose]) => purpose)).toEqual(['evaluation', 'solving']);
  });

  test('weighs the criteria: a question that is valid to a tenth stays below the threshold', async () => {
    const { judgements, asked } = await judge([sound], ['low_score']);

    expect(judgements).toMatchObject([
      { status: 'rejected', reason: 'below_threshold', score: 0.3 + 0.4 * 0.1 + 0.2 + 0.1 },
    ]);
    expect(asked).toHaveLength(1);
  });

  test.for(['wrong_key', 'ambiguous'] as const)(
    'rejects as %s what the solver solves otherwise',
    async (fault) => {
      const { judgements } = await judge([sound], ['none', fault]);

      expect(judgements).toMatchObject([{ status: 'rejected', reason: fault, score: 1 }]);
    },
  );

  test('rejects what leaks its answer or is malformed, and asks no model about it', async () => {
    const key = sound.options[sound.keyIndex] ?? '';
    const leaking = { ...sound, content: `${sound.content}. The answer is ${key}.` };
    const malformed = { ...sound, options: [key, key, 'a', 'b'] };

    const { judgements, asked } = await judge([leaking, malformed]);

    expect(judgements).toEqual([
      { status: 'rejected', reason: 'answer_leakage' },
      { status: 'rejected', reason: 'malformed' },
    ]);
    expect(asked).toEqual([]);
  });

  test('leaves unjudged what it could not be asked about, and judges the rest', async () => {
    const questions = [0, 1, 2].map((index) => inventQuestion(batch, index));

    const { judgements } = await judge(questions, [
      'server_error',
      'none',
      'none',
      'none',
      'rate_limit',
    ]);

    expect(judgements.map(({ status }) => status)).toEqual(['unjudged', 'approved', 'unjudged']);
    expect(judgements[0]).toMatchObject({ error: { code: 'server_error' } });
  });

  test('shows the solver neither the key nor the explanation, and the options in an order of their own', async () => {
    const questions = Array.from({ length: 40 }, (_, index) => inventQuestion(batch, index));

    const { asked } = await judge(questions);

    const solving = asked.filter(({ purpose }) => purpose === 'solving');
    const moved = solving.filter(({ prompt }, index) => {
      const shown = [...prompt.matchAll(/^[A-F]\. (.*)$/gmu)].map(([, option]) => option);
      expect(shown.toSorted()).toEqual(questions[index]?.options.toSorted());
      expect(prompt).not.toContain(questions[index]?.explanation);
      expect(prompt).not.toMatch(/\bKey:/u);
      return shown.join() !== questions[index]?.options.join();
    });
    expect(solving).toHaveLength(40);
    expect(moved.length).toBeGreaterThan(30);
  });

  test('shows the solver the same order at each attempt', async () => {
    const [first, second] = [await judge([sound]), await judge([sound])];

    expect(first.asked[1]?.prompt).toBe(second.asked[1]?.prompt);
  });

  test('rejects as wrong_key what the solver finds no right option for', async () => {
    const client = scriptedClient([], 'google');
    const judge = createModelJudge({
      client: {
        ...client,
        ask: async (request) => {
          if (request.purpose !== 'solving') return client.ask(request);
          const value = request.schema.parse({ working: 'none fits', rightOptions: [] });
          const usage = { inputTokens: 1, outputTokens: 1, costUsd: 0 };
          return { value, usage, finishReason: 'stop', responseModel: 'resolve-v1' };
        },
      },
      threshold: approvalThreshold,
      weights: criterionWeights,
      concurrency: 1,
    });

    const judgements = await judge.evaluate([sound], createBook().ask);

    expect(judgements).toMatchObject([{ status: 'rejected', reason: 'wrong_key' }]);
  });
});
