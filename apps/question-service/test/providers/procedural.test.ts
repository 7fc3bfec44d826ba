import { describe, expect, it } from 'vitest';
import { createDeduplicator } from '../../src/deduplication/create-deduplicator.ts';
import { embed, embeddingModel } from '../../src/deduplication/embed.ts';
import { judgeQuestion, resolveQuestion } from '../../src/evaluation/judge-question.ts';
import {
  families,
  generateQuestion,
  generateWithFamily,
} from '../../src/providers/procedural/generate-question.ts';
import {
  type CandidateQuestion,
  candidateQuestionSchema,
  contentHash,
  difficultyLevels,
  normalizeText,
  type Stratum,
  strata,
} from '../../src/questions/question.ts';
import { createRandom } from '../../src/questions/random.ts';
import { config } from '../support/harness.ts';

const titles = strata.map(
  (stratum) => [`${stratum.difficultyLevel} ${stratum.type}`, stratum] as const,
);

function draw(stratum: Stratum, count: number, seed: string | number): CandidateQuestion[] {
  const random = createRandom(`${seed}/${stratum.type}/${stratum.difficultyLevel}`);
  return Array.from({ length: count }, () => generateQuestion(stratum, random));
}

describe.each(titles)('%s items', (_, stratum) => {
  const questions = draw(stratum, 60, 7);

  it('keep to the schema, with options that differ', () => {
    for (const question of questions) {
      expect(candidateQuestionSchema.parse(question)).toEqual(question);
      expect(new Set(question.options.map(normalizeText)).size).toBe(question.options.length);
    }
  });

  it('are approved, and the independent solver finds the key', () => {
    for (const question of questions) {
      expect(resolveQuestion(question), JSON.stringify(question)).toBe('agrees');
      expect(judgeQuestion(question).status, JSON.stringify(question)).toBe('approved');
    }
  });

  it('are the same for the same seed and others for another', () => {
    expect(draw(stratum, 60, 7)).toEqual(questions);
    expect(draw(stratum, 60, 8)).not.toEqual(questions);
  });

  it('are found out when the key is moved', () => {
    for (const question of questions) {
      const moved = { ...question, keyIndex: (question.keyIndex + 1) % question.options.length };
      expect(judgeQuestion(moved)).toMatchObject({ status: 'rejected', reason: 'wrong_key' });
    }
  });

  it('number at least 600 in 1,500 draws, of which 400 are no near-duplicates', {
    timeout: 60_000,
  }, () => {
    const random = createRandom(`capacity/${stratum.type}/${stratum.difficultyLevel}`);
    const deduplicator = createDeduplicator({
      threshold: config.deduplication.threshold,
      embeddingModel,
    });
    const hashes = new Set<string>();
    for (
      let drawn = 0;
      drawn < 1_500 && (hashes.size < 600 || deduplicator.size < 400);
      drawn += 1
    ) {
      const question = generateQuestion(stratum, random);
      const known = {
        contentHash: contentHash(question),
        type: question.type,
        embedding: embed(question),
        embeddingModel,
      };
      hashes.add(known.contentHash);
      if (deduplicator.check(known).status === 'unique') deduplicator.add(known);
    }
    expect(hashes.size).toBeGreaterThanOrEqual(600);
    expect(deduplicator.size).toBeGreaterThanOrEqual(400);
  });
});

describe('10,000 items', () => {
  it('have exactly one right option each, at every position equally often', {
    timeout: 60_000,
  }, () => {
    const random = createRandom('sweep');
    const positions = new Map<number, number[]>();
    const used = new Set<string>();
    const faults: string[] = [];
    for (let index = 0; index < 10_000; index += 1) {
      const { candidate, family } = generateWithFamily(
        strata[index % strata.length] as Stratum,
        random,
      );
      used.add(family);
      if (
        resolveQuestion(candidate) !== 'agrees' ||
        judgeQuestion(candidate).status !== 'approved'
      ) {
        faults.push(`${family}: ${JSON.stringify(candidate)}`);
      }
      const counts = positions.get(candidate.options.length) ?? candidate.options.map(() => 0);
      counts[candidate.keyIndex] = (counts[candidate.keyIndex] as number) + 1;
      positions.set(candidate.options.length, counts);
    }
    expect(faults).toEqual([]);
    expect(used).toEqual(
      new Set(Object.values(families).flatMap((list) => list.map(({ name }) => name))),
    );
    for (const counts of positions.values()) {
      const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // The 99.9th percentile of chi-square with 5 degrees of freedom, the most there can be.
      expect(chiSquare).toBeLessThan(20.5);
    }
  });
});

describe('families', () => {
  it('are several in each stratum', () => {
    const counts = strata.map(
      ({ type, difficultyLevel }) =>
        families[type].filter(({ weights }) => (weights[difficultyLevel] ?? 0) > 0).length,
    );
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
  });

  it('of symbol matrices show the key nowhere, and of the wrong figures some and some not', () => {
    const random = createRandom('symbol-matrix');
    const symbolMatrix = families.pattern.find(({ name }) => name === 'symbol-matrix');
    const shown = difficultyLevels.flatMap((difficultyLevel) =>
      Array.from({ length: 50 }, () => {
        const item = symbolMatrix?.build(difficultyLevel, random);
        const figures = `${item?.stimulus}`.split(/\s+\|\s+|\n/u);
        const wrong = item?.distractors.slice(0, 4) ?? [];
        return {
          // Eight figures, all different, and the question mark.
          figures: new Set(figures).size,
          key: figures.includes(`${item?.key}`),
          wrong: wrong.filter((figure) => figures.includes(figure)).length,
        };
      }),
    );
    expect(shown).toEqual(Array(150).fill({ figures: 9, key: false, wrong: 2 }));
  });

  it('of rolling cubes never undo a roll by the next', () => {
    const random = createRandom('rolling-die');
    const rollingDie = families.spatial.find(({ name }) => name === 'rolling-die');
    const texts = Array.from({ length: 200 }, () => rollingDie?.build('hard', random)?.content);
    const undone =
      /to the right(, | and then )to the left|to the left(, | and then )to the right|towards you(, | and then )away|away from you(, | and then )towards/u;
    expect(texts.filter((text) => undone.test(`${text}`))).toEqual([]);
  });
});
