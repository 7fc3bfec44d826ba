import { createHash } from 'node:crypto';
import type { ModelAnswer, ModelCall, RecordedCall } from '@aiq/testing';
import { rubricInstructions } from '../../src/evaluation/score-by-rubric.ts';
import { solvingInstructions } from '../../src/evaluation/solve-blind.ts';
import type { DifficultyLevel, QuestionType } from '../../src/questions/question.ts';
import { inventQuestion, keyMark } from './scripted-parts.ts';

/** What four providers ask, in US dollars per million tokens of input and output: by hand, and not from a file of ours. */
const usdPerMillion: Readonly<Record<string, readonly [input: number, output: number]>> = {
  'openai/gpt-6.1-sol': [2, 10],
  'openai/gpt-6.1-terra': [1, 5],
  'anthropic/claude-opus-5-5': [4, 20],
  'anthropic/claude-sonnet-5-5': [2, 10],
  'google/gemini-3.8-flash': [0.75, 3.75],
  'xai/grok-4.7': [2, 6],
};

/**
 * Answers as a good model would, whatever the provider: writes questions whose key can be told, scores them,
 * and solves them. One question in eight scores too low, and one in eight has a key that the solver denies.
 */
export function answerWell(call: ModelCall): ModelAnswer {
  const usage = { inputTokens: 500 + luck(call, 500), outputTokens: 100 + luck(call, 300) };
  return { kind: 'json', value: valueFor(call), usage };
}

function valueFor(call: ModelCall): unknown {
  if (call.instructions === rubricInstructions) {
    const validity = luck({ prompt: call.prompt }, 8) === 0 ? 0.1 : 0.9;
    return { remarks: 'Sound.', clarity: 0.9, validity, formatting: 0.8, creativity: 0.6 };
  }
  if (call.instructions === solvingInstructions) {
    const options = [...call.prompt.matchAll(/^([A-F])\. (.*)$/gmu)];
    const denies = luck({ prompt: call.prompt }, 8) === 0;
    const named = options.find(([, , text]) => text?.startsWith(keyMark) !== denies);
    return { working: 'Worked out.', rightOptions: [named?.[1]] };
  }
  return { questions: write(call) };
}

function write(call: ModelCall) {
  const [, count, type, difficultyLevel] =
    /Write (\d+) questions? of type "(\w+)", difficulty "(\w+)"/u.exec(call.prompt) ?? [];
  const batch = {
    count: Number(count),
    type: type as QuestionType,
    difficultyLevel: difficultyLevel as DifficultyLevel,
    seed: `${call.provider}/${call.prompt}/${call.repetition}`,
    offset: 0,
  };
  return Array.from({ length: batch.count }, (_, index) => {
    const { content, options, keyIndex, explanation } = inventQuestion(batch, index);
    return { stimulus: 'Look at this.', content, options, keyIndex, explanation };
  });
}

/** What the calls that were paid for came to, by model, as its provider would put it on the bill. */
export function billOf(calls: readonly RecordedCall[]) {
  const bill = new Map<
    string,
    { calls: number; inputTokens: number; outputTokens: number; costUsd: number }
  >();
  for (const { provider, model, answer } of calls) {
    if (!('usage' in answer) || !answer.usage) continue;
    const { inputTokens, outputTokens } = answer.usage;
    const reference = `${provider}/${model}`;
    const [inputUsd = Number.NaN, outputUsd = Number.NaN] = usdPerMillion[reference] ?? [];
    const entry = bill.get(reference) ?? { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
    bill.set(reference, {
      calls: entry.calls + 1,
      inputTokens: entry.inputTokens + inputTokens,
      outputTokens: entry.outputTokens + outputTokens,
      costUsd: entry.costUsd + (inputTokens * inputUsd + outputTokens * outputUsd) / 1e6,
    });
  }
  return bill;
}

/** A whole number below `limit` that follows from what was asked. */
function luck(asked: Partial<ModelCall>, limit: number): number {
  const { provider, model, prompt, repetition } = asked;
  const text = JSON.stringify([limit, provider, model, prompt, repetition]);
  return createHash('sha256').update(text).digest().readUInt32BE(0) % limit;
}
