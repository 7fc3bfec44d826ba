import { expect, test } from 'vitest';
import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import { selectEmbedder } from '../../src/deduplication/select-embedder.ts';

const choices = { offline: () => offlineEmbedder };

test('an embedder is chosen by its name', () => {
  expect(selectEmbedder('offline', choices)).toBe(offlineEmbedder);
});

test('a model whose provider has no key is refused with the variable that it needs', () => {
  expect(() => selectEmbedder('openai/text-embedding-3-small', choices)).toThrow(
    'deduplication.embedder: expected one of offline; models of openai need OPENAI_API_KEY; got',
  );
});

test.for(['oflline', 'toString'])('the unknown name %s is refused with those there are', (name) => {
  expect(() => selectEmbedder(name, choices)).toThrow(
    `deduplication.embedder: expected one of offline; got "${name}"`,
  );
});
