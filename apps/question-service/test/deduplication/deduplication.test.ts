import { describe, expect, it } from 'vitest';
import {
  createDeduplicator,
  EmbeddingModelMismatch,
} from '../../src/deduplication/create-deduplicator.ts';
import { embed, embeddingDimensions, embeddingModel } from '../../src/deduplication/embed.ts';
import { generateQuestion } from '../../src/providers/procedural/generate-question.ts';
import {
  type CandidateQuestion,
  contentHash,
  type QuestionType,
} from '../../src/questions/question.ts';
import { createRandom } from '../../src/questions/random.ts';
import { cosineSimilarity } from '../support/cosine-similarity.ts';
import { config } from '../support/harness.ts';

type Text = Pick<CandidateQuestion, 'content' | 'options' | 'stimulus'>;

const { threshold } = config.deduplication;
const toEmbedded = (text: Text, type: QuestionType = 'math') => ({
  contentHash: contentHash({ type, ...text }),
  type,
  embedding: embed(text),
  embeddingModel,
});
const knowing = (...known: readonly ReturnType<typeof toEmbedded>[]) => {
  const deduplicator = createDeduplicator({ threshold, embeddingModel });
  for (const question of known) deduplicator.add(question);
  return deduplicator;
};
const checkAgainst = (known: Text, candidate: Text) =>
  knowing(toEmbedded(known)).check(toEmbedded(candidate));

const shop: Text = {
  content:
    'A cup costs 4 coins and a plate costs 7 coins. How many coins do 3 cups and 2 plates cost altogether?',
  options: ['26', '29', '14', '20', '55'],
};
const ordering: Text = {
  content:
    'Liam is taller than Fiona. Rosa is taller than Liam. Henry is shorter than Fiona.\nWhich of them is the shortest?',
  options: ['Liam', 'Rosa', 'Fiona', 'Henry'],
};

describe('createDeduplicator', () => {
  it('finds rewrites in white space, case and order of options as exact duplicates', () => {
    const rewritten = {
      content: `  ${shop.content.toUpperCase()}\n`,
      options: [...shop.options].reverse(),
    };
    expect(checkAgainst(shop, rewritten)).toMatchObject({ status: 'duplicate', kind: 'exact' });
  });

  it.each([
    [
      'reworded',
      shop,
      {
        ...shop,
        content:
          'One cup is priced at 4 coins; one plate at 7 coins. What is the total price of 3 cups and 2 plates?',
      },
    ],
    [
      'renamed',
      ordering,
      {
        content:
          'Tom is taller than Zoe. Ida is taller than Tom. Max is shorter than Zoe.\nWhich of them is the shortest?',
        options: ['Tom', 'Ida', 'Zoe', 'Max'],
      },
    ],
    [
      'reordered',
      ordering,
      {
        ...ordering,
        content:
          'Henry is shorter than Fiona. Rosa is taller than Liam. Liam is taller than Fiona.\nWho is the shortest of them?',
      },
    ],
  ])('finds a %s copy as a semantic duplicate', (_, known, candidate) => {
    const check = checkAgainst(known, candidate);
    expect(check).toMatchObject({
      status: 'duplicate',
      kind: 'semantic',
      of: toEmbedded(known).contentHash,
    });
    expect(
      check.status === 'duplicate' && check.kind === 'semantic' && check.similarity,
    ).toBeGreaterThanOrEqual(threshold);
  });

  it('lets the same template with other numbers pass', () => {
    const other = {
      content:
        'A cup costs 5 coins and a plate costs 8 coins. How many coins do 4 cups and 3 plates cost altogether?',
      options: ['44', '47', '24', '35', '91'],
    };
    expect(checkAgainst(shop, other)).toEqual({ status: 'unique' });
  });

  it('compares within a type only', () => {
    const deduplicator = knowing(toEmbedded(shop, 'logic'));
    expect(deduplicator.check(toEmbedded(shop, 'math'))).toEqual({ status: 'unique' });
  });

  it('never compares vectors of different models: it takes none in and checks none', () => {
    const foreign = { ...toEmbedded(shop), embeddingModel: 'other-model' };
    const deduplicator = knowing(toEmbedded(shop));
    expect(() => deduplicator.check(foreign)).toThrow(EmbeddingModelMismatch);
    expect(() => deduplicator.add(foreign)).toThrow(EmbeddingModelMismatch);
  });

  it('knows a question from the moment it is added', () => {
    const deduplicator = knowing();
    expect(deduplicator.check(toEmbedded(shop)).status).toBe('unique');
    deduplicator.add(toEmbedded(shop));
    expect(deduplicator.check(toEmbedded(shop)).status).toBe('duplicate');
  });
});

describe('embed', () => {
  it('gives unit vectors that depend on the text alone', () => {
    const question = generateQuestion(
      { type: 'spatial', difficultyLevel: 'hard' },
      createRandom(3),
    );
    const vector = embed(question);
    expect(vector).toHaveLength(embeddingDimensions);
    expect(cosineSimilarity(vector, vector)).toBeCloseTo(1, 6);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(embed(question)).toEqual(vector);
  });

  it('gives the zero vector for a question without words and signs, which is like nothing', () => {
    const empty = embed({ content: '…', options: [] });
    expect(cosineSimilarity(empty, embed(shop))).toBe(0);
  });

  it('does not depend on the order of options, nor on which shapes are drawn', () => {
    const figure = {
      stimulus: '■■□\n□□■',
      content: 'Turn it.',
      options: ['■□ / □■', '□□ / ■■', '★'],
    };
    const redrawn = {
      stimulus: '●●○\n○○●',
      content: 'Turn it.',
      options: ['★', '○○ / ●●', '●○ / ○●'],
    };
    expect(cosineSimilarity(embed(redrawn), embed(figure))).toBeCloseTo(1, 6);
  });
});

describe('cosineSimilarity', () => {
  it('refuses vectors of different lengths', () => {
    expect(() => cosineSimilarity([1, 0], [1, 0, 0])).toThrow(RangeError);
  });
});
