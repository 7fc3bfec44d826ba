import { describe, expect, test } from 'vitest';
import { createDeduplicator } from '../../src/deduplication/create-deduplicator.ts';
import { embed, embeddingModel } from '../../src/deduplication/embed.ts';
import { contentHash, questionTypes } from '../../src/questions/question.ts';
import { config } from '../support/harness.ts';
import {
  type LabelledPair,
  loadLabelledPairs,
  pairKinds,
  type QuestionText,
} from './labelled-pairs/load-labelled-pairs.ts';

const { threshold } = config.deduplication;
const pairs = loadLabelledPairs();

function isFound({ type, first, second }: LabelledPair): boolean {
  const toEmbedded = (question: QuestionText) => ({
    contentHash: contentHash({ type, ...question }),
    type,
    embedding: embed(question),
    embeddingModel,
  });
  const deduplicator = createDeduplicator({ threshold, embeddingModel });
  deduplicator.add(toEmbedded(first));
  return deduplicator.check(toEmbedded(second)).status === 'duplicate';
}

function measure(measured: readonly LabelledPair[]) {
  const found = measured.filter(isFound);
  const right = found.filter(({ same }) => same).length;
  const same = measured.filter((pair) => pair.same).length;
  return { recall: right / same, precision: right / found.length };
}

describe('the labelled pairs', () => {
  test('are 300: ten of each kind for each type, half of them held out', () => {
    const counts = questionTypes.flatMap((type) =>
      pairKinds.map(
        (kind) => pairs.filter((pair) => pair.type === type && pair.kind === kind).length,
      ),
    );

    expect(pairs).toHaveLength(300);
    expect(new Set(counts)).toEqual(new Set([10]));
    expect(pairs.filter(({ part }) => part === 'heldOut')).toHaveLength(150);
  });

  test('have in the second place another text than in the first', () => {
    const alike = pairs.filter(
      ({ first, second }) => JSON.stringify(first) === JSON.stringify(second),
    );

    expect(alike).toEqual([]);
  });
});

describe('offline deduplication of the labelled pairs', () => {
  test.for(['tune', 'heldOut'] as const)(
    'finds at least 0.9 of what is the same question, and is right in at least 0.95 (%s)',
    (part) => {
      const { recall, precision } = measure(pairs.filter((pair) => pair.part === part));

      expect(recall).toBeGreaterThanOrEqual(0.9);
      expect(precision).toBeGreaterThanOrEqual(0.95);
    },
  );

  test.for(['pattern', 'math', 'verbal', 'memory'] as const)(
    'takes other numbers for another question without exception (%s)',
    (type) => {
      const others = pairs.filter((pair) => pair.kind === 'otherNumbers' && pair.type === type);

      expect(others.filter(isFound)).toEqual([]);
    },
  );

  test('never takes what is unrelated for the same', () => {
    expect(pairs.filter(({ kind }) => kind === 'unrelated').filter(isFound)).toEqual([]);
  });
});
