import { expect, test } from 'vitest';
import { loadServiceConfig } from '../../src/config.ts';
import type { ModelClient } from '../../src/models/model-client.ts';
import { selectAuthors } from '../../src/providers/select-authors.ts';
import { modelNames, type ProviderName } from '../../src/telemetry/labels.ts';

const { generators } = loadServiceConfig({});

const clients = (...references: readonly string[]) =>
  new Map(
    references.map((reference): [string, ModelClient] => {
      const [provider, model] = reference.split('/');
      const known = modelNames.find((name) => name === model);
      if (known === undefined) throw new Error(`${model} is no model`);
      const ask = () => Promise.reject(new Error('not asked here'));
      return [reference, { provider: provider as ProviderName, model: known, ask }];
    }),
  );

test('without a key the procedural author writes every type', () => {
  const authors = selectAuthors(generators, new Map());

  for (const chosen of Object.values(authors)) {
    expect(chosen.map(({ name }) => name)).toEqual(['procedural']);
  }
});

test('authors come in the configured order, without those that have no key', () => {
  const types = {
    ...generators.types,
    math: ['openai/gpt-6.1-terra', 'xai/grok-4.7', 'procedural/families-v1'],
    logic: ['anthropic/claude-sonnet-5-5'],
  };
  const models = clients('xai/grok-4.7', 'openai/gpt-6.1-sol');

  const { math, logic } = selectAuthors({ ...generators, types }, models);

  expect(math.map(({ name, model }) => `${name}/${model}`)).toEqual([
    'xai/grok-4.7',
    'procedural/families-v1',
  ]);
  expect(math[0]?.batchSizeMax).toBe(generators.questionsPerCallMax);
  expect(logic.map(({ name }) => name)).toEqual(['procedural']);
});
