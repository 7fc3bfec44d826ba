import { expect, test } from 'vitest';
import { createBankSearch, createMemorySearch } from '../../src/deduplication/bank-search.ts';
import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import { generateQuestion } from '../../src/providers/procedural/generate-question.ts';
import { type CandidateQuestion, questionTypes } from '../../src/questions/question.ts';
import { createRandom } from '../../src/questions/random.ts';
import { fillBank, openBank, toEmbedded } from '../support/bank.ts';
import { openVectorBank } from '../support/pgvector.ts';

const { model } = offlineEmbedder;

function drawQuestions(seed: string, count: number): CandidateQuestion[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const type = questionTypes[at % 2 === 0 ? 1 : 3] as 'logic' | 'math';
    return generateQuestion({ type, difficultyLevel: 'easy' }, random);
  });
}

/** Vectors like those of the bank: the same, a little beside, and far from all. */
async function drawCandidates(questions: readonly CandidateQuestion[]): Promise<Float32Array[]> {
  const random = createRandom('noise');
  const embedded = await toEmbedded(offlineEmbedder, questions);
  return embedded.map(({ embedding }, at) => {
    const noise = (at % 7) * 0.02;
    return embedding.map((value) => 3 * (value + noise * (random.next() - 0.5)));
  });
}

test('a bank in a Postgres with pgvector is searched there, with the answers of the memory', {
  timeout: 240_000,
}, async () => {
  const vectorBank = await openVectorBank();
  const { bank } = vectorBank;
  const questions = drawQuestions('bank', 100);
  // Most are the same to the embedding, under another hash: of equals, both choose the same.
  const twins = questions.map((question) => ({ ...question, content: `${question.content} …` }));
  await fillBank(vectorBank, offlineEmbedder, [...questions, ...twins.slice(0, 30)]);
  const candidates = await drawCandidates([...questions.slice(0, 50), ...drawQuestions('new', 30)]);
  const notRead = {
    ...bank,
    listVectors: () => {
      throw new Error('the bank was read');
    },
  };

  const found: number[] = [];
  for (const threshold of [0.3, 0.71, 0.9, 0.999]) {
    const options = { bank, model, threshold, pageSize: 50 };
    const search = await createBankSearch({ ...options, bank: notRead });
    const inPostgres = await search.findNearest('math', candidates);
    const inMemory = await createMemorySearch(options).findNearest('math', candidates);

    expect(inPostgres).toEqual(inMemory);
    found.push(inMemory.filter((neighbour) => neighbour !== undefined).length);
  }

  // Something was found at each threshold, and less of it the higher it is.
  expect(found).toEqual([...found].sort((a, b) => b - a));
  expect(new Set(found).size).toBeGreaterThan(2);
  expect(found.at(-1)).toBeGreaterThan(0);
});

test('a bank in a Postgres without pgvector is searched in memory', async () => {
  const { bank, database } = await openBank();
  const [question] = drawQuestions('one', 2).slice(1) as [CandidateQuestion];
  await fillBank({ database }, offlineEmbedder, [question]);
  const [candidate] = await toEmbedded(offlineEmbedder, [question]);

  const search = await createBankSearch({ bank, model, threshold: 0.71, pageSize: 50 });
  const found = await search.findNearest('math', [candidate?.embedding as Float32Array]);

  expect(await bank.hasVectorSearch()).toBe(false);
  expect(found).toEqual([{ of: candidate?.contentHash, similarity: expect.closeTo(1, 6) }]);
});
