import { modelDialects } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { createModelProvider } from '../../src/providers/model-provider.ts';
import { promptVersion, questionPrompt } from '../../src/providers/question-prompt.ts';
import type { GenerationBatch } from '../../src/providers/question-provider.ts';
import {
  candidateQuestionSchema,
  difficultyLevels,
  questionTypes,
  strata,
} from '../../src/questions/question.ts';
import { connectToServer, tried } from '../support/models.ts';

const batch: GenerationBatch = {
  type: 'logic',
  difficultyLevel: 'hard',
  count: 2,
  seed: '7/0/logic/hard',
  offset: 0,
};
const written = {
  stimulus: null,
  content: 'All looms are tools. No tool sings. What follows?',
  options: ['No loom sings.', 'Some looms sing.', 'All tools are looms.', 'Nothing follows.'],
  keyIndex: 0,
  explanation: 'Looms are tools, and tools do not sing.',
};
const attempt = () => ({ number: 3, signal: AbortSignal.timeout(20_000) });
const options = { batchSizeMax: 10 };

describe('a model as an author', () => {
  test.for(modelDialects)('of %s writes candidates of the asked stratum', async (provider) => {
    const { client, memory } = await connectToServer(() => ({
      kind: 'json',
      value: { questions: [written, { ...written, stimulus: 'A loom.' }] },
      usage: { inputTokens: 400, outputTokens: 300 },
    }));
    const author = createModelProvider(client(tried[provider]), options);

    const { questions, usage } = await author.generate(batch, attempt());

    expect(questions.map((each) => candidateQuestionSchema.parse(each))).toMatchObject([
      { type: 'logic', difficultyLevel: 'hard', content: written.content, keyIndex: 0 },
      { stimulus: 'A loom.' },
    ]);
    expect(questions[0]).not.toHaveProperty('stimulus');
    expect(usage).toMatchObject({ inputTokens: 400, outputTokens: 300 });
    expect(author).toMatchObject({ name: provider, promptVersion, batchSizeMax: 10 });
    expect(memory.spans()[0]?.attributes).toMatchObject({ attempt: 3, purpose: 'generation' });
  });

  test('passes on what has not the form of a candidate, to be discarded where that is decided', async () => {
    const few = { ...written, options: ['yes', 'no'] };
    const { client } = await connectToServer(() => ({
      kind: 'json',
      value: { questions: [few, written, written] },
    }));

    const { questions } = await createModelProvider(client(tried.xai), options).generate(
      batch,
      attempt(),
    );

    const fits = questions.map((each) => candidateQuestionSchema.safeParse(each).success);
    expect(fits).toEqual([false, true, true]);
  });

  test.for(modelDialects)('asks %s for objects whose keys are all required', async (provider) => {
    const { client, server } = await connectToServer(() => ({
      kind: 'json',
      value: { questions: [] },
    }));

    await createModelProvider(client(tried[provider]), options).generate(batch, attempt());

    const objects = objectsIn(server.calls[0]?.schema);
    expect(objects).toHaveLength(2);
    for (const { properties, required } of objects) {
      expect(required?.toSorted()).toEqual(Object.keys(properties).sort());
    }
  });
});

describe('the prompt', () => {
  test.for(questionTypes)('for %s is that of its version', async (type) => {
    const told = difficultyLevels.map((difficultyLevel) => {
      const { instructions, prompt } = questionPrompt({ ...batch, type, difficultyLevel });
      return `${instructions}\n\n---\n\n${prompt}\n`;
    });

    // Stored with each question: whoever changes the words changes the version, and gets new files.
    await expect(told.join('\n=====\n\n')).toMatchFileSnapshot(
      `prompts/${promptVersion}/${type}.txt`,
    );
  });

  test('is the same for the same batch, and tells of other subjects in the next', () => {
    const next = { ...batch, offset: batch.count };

    expect(questionPrompt(batch)).toEqual(questionPrompt({ ...batch }));
    expect(questionPrompt(next).prompt).not.toBe(questionPrompt(batch).prompt);
  });

  test('says how many are wanted, of what type and how hard, in every stratum', () => {
    for (const stratum of strata) {
      const { prompt } = questionPrompt({ ...batch, ...stratum, count: 1 });
      expect(prompt).toContain(
        `Write 1 question of type "${stratum.type}", difficulty "${stratum.difficultyLevel}".`,
      );
    }
  });
});

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** Every object in a JSON schema, at any depth. */
function objectsIn(schema: unknown): ObjectSchema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.values(schema).flatMap(objectsIn);
  return 'properties' in schema ? [schema as ObjectSchema, ...below] : below;
}
