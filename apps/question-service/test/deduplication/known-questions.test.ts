import { setTimeout as pass } from 'node:timers/promises';
import { createTestObservability } from '@aiq/observability/testing';
import { describe, expect, test } from 'vitest';
import { createMemorySearch } from '../../src/deduplication/bank-search.ts';
import { createKnownQuestions } from '../../src/deduplication/known-questions.ts';
import {
  offlineEmbedder,
  type QuestionEmbedder,
} from '../../src/deduplication/question-embedder.ts';
import type { CandidateQuestion } from '../../src/questions/question.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { askOnce } from '../support/ask-once.ts';
import { fillBank, openBank, toEmbedded } from '../support/bank.ts';

const shop: CandidateQuestion = {
  type: 'math',
  difficultyLevel: 'easy',
  content:
    'A cup costs 4 coins and a plate costs 7 coins. How many coins do 3 cups and 2 plates cost?',
  options: ['26', '29', '14', '20', '55'],
  keyIndex: 0,
  explanation: '3 · 4 + 2 · 7 = 26.',
};
const reworded = { ...shop, content: shop.content.replace('How many coins do', 'What do') };
const other = {
  ...shop,
  content: 'A bus leaves at 14:35 and the ride takes 50 minutes. When does it arrive?',
  options: ['15:25', '15:15', '15:35', '15:05'],
};
/** Another model: the offline embedding under another name, with its numbers in reverse. */
const otherModel: QuestionEmbedder = {
  provider: 'openai',
  model: 'other-model',
  embed: async (questions) => {
    const { vectors } = await offlineEmbedder.embed(questions);
    return { model: 'other-model', vectors: vectors.map((vector) => Array.from(vector).reverse()) };
  },
};

async function createKnown(
  bank: Awaited<ReturnType<typeof openBank>>,
  options: { embedder?: QuestionEmbedder; signal?: AbortSignal } = {},
) {
  const { observability: telemetry } = createTestObservability({
    service: 'aiq-question-service',
    metrics,
  });
  return createKnownQuestions({
    bank: bank.bank,
    embedder: options.embedder ?? offlineEmbedder,
    telemetry,
    threshold: 0.71,
    pageSize: 10,
    signal: options.signal ?? new AbortController().signal,
  });
}

describe('createKnownQuestions', () => {
  test('finds in the bank the same question, and one that says the same, at any difficulty', async () => {
    const bank = await openBank();
    await fillBank(bank, offlineEmbedder, [{ ...shop, difficultyLevel: 'hard' }]);
    const known = await createKnown(bank);

    const checks = await known.admit(
      'math',
      await toEmbedded(offlineEmbedder, [shop, reworded, other]),
      askOnce,
    );

    expect(checks).toMatchObject([
      { status: 'duplicate', kind: 'exact' },
      { status: 'duplicate', kind: 'semantic' },
      { status: 'unique' },
    ]);
  });

  test('knows what it has let through, also before it is stored', async () => {
    const known = await createKnown(await openBank());
    const candidates = await toEmbedded(offlineEmbedder, [shop, shop, reworded]);

    const first = await known.admit('math', candidates, askOnce);
    const second = await known.admit('math', candidates.slice(0, 1), askOnce);

    expect(first.map(({ status }) => status)).toEqual(['unique', 'duplicate', 'duplicate']);
    expect(second).toMatchObject([{ status: 'duplicate', kind: 'exact' }]);
  });

  test('lets a question through once when two batches of a run ask at the same time', async () => {
    const known = await createKnown(await openBank());
    const candidates = await toEmbedded(offlineEmbedder, [shop]);

    const checks = await Promise.all([
      known.admit('math', candidates, askOnce),
      known.admit('math', candidates, askOnce),
    ]);

    expect(
      checks
        .flat()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['duplicate', 'unique']);
  });

  test('sees what another run has stored since the bank was read', async () => {
    const bank = await openBank();
    const known = await createKnown(bank);
    await known.admit('math', await toEmbedded(offlineEmbedder, [other]), askOnce);

    await fillBank(bank, offlineEmbedder, [shop]);
    const checks = await known.admit(
      'math',
      await toEmbedded(offlineEmbedder, [reworded]),
      askOnce,
    );

    expect(checks).toMatchObject([{ status: 'duplicate', kind: 'semantic' }]);
  });

  test('embeds a bank anew whose vectors are another model’s, page by page, and then compares', async () => {
    const bank = await openBank();
    const many = Array.from({ length: 120 }, (_, at) => ({
      ...other,
      content: `${at} ${other.content}`,
    }));
    await fillBank(bank, otherModel, [shop, ...many]);
    const known = await createKnown(bank);

    const checks = await known.admit(
      'math',
      await toEmbedded(offlineEmbedder, [reworded]),
      askOnce,
    );

    expect(checks).toMatchObject([{ status: 'duplicate', kind: 'semantic' }]);
    const models = await bank.database.prisma.question.groupBy({
      by: ['embeddingModel'],
      _count: true,
    });
    expect(models).toEqual([{ embeddingModel: offlineEmbedder.model, _count: 121 }]);
  });

  test('embeds a bank anew once when two batches of a run find it so at the same time', async () => {
    const bank = await openBank();
    await fillBank(bank, otherModel, [other]);
    let embedded = 0;
    const embedder: QuestionEmbedder = {
      ...offlineEmbedder,
      embed: async (questions) => {
        embedded += questions.length;
        return offlineEmbedder.embed(questions);
      },
    };
    // So slow that the other batch would look before the first has changed anything.
    const slow = {
      ...bank.bank,
      listForeign: async (...args: Parameters<typeof bank.bank.listForeign>) => {
        const page = await bank.bank.listForeign(...args);
        await pass(100);
        return page;
      },
    };
    const known = await createKnown({ ...bank, bank: slow }, { embedder });
    const candidates = await toEmbedded(offlineEmbedder, [shop]);

    await Promise.all([
      known.admit('math', candidates, askOnce),
      known.admit('math', candidates, askOnce),
    ]);

    expect(embedded).toBe(1);
  });

  test('lets nothing through when the bank cannot be embedded anew, and keeps what was done', async () => {
    const bank = await openBank();
    const many = Array.from({ length: 150 }, (_, at) => ({
      ...other,
      content: `${at} ${other.content}`,
    }));
    await fillBank(bank, otherModel, many);
    let calls = 0;
    const embedder: QuestionEmbedder = {
      provider: 'openai',
      model: offlineEmbedder.model,
      embed: async (questions) => {
        calls += 1;
        if (calls === 2) throw new Error('out of order');
        return offlineEmbedder.embed(questions);
      },
    };
    const known = await createKnown(bank, { embedder });
    const candidates = await toEmbedded(offlineEmbedder, [shop]);

    const first = known.admit('math', candidates, askOnce);
    await expect(first).rejects.toMatchObject({ code: 'embedding_unavailable' });
    const left = await bank.database.prisma.question.count({
      where: { embeddingModel: 'other-model' },
    });
    const second = await known.admit('math', candidates, askOnce);

    expect(left).toBe(50);
    expect(second).toEqual([{ status: 'unique' }]);
  });

  test('stops embedding the bank anew when the run is stopped', async () => {
    const bank = await openBank();
    await fillBank(bank, otherModel, [other]);
    const known = await createKnown(bank, { signal: AbortSignal.abort() });

    const admitted = known.admit('math', await toEmbedded(offlineEmbedder, [shop]), askOnce);

    await expect(admitted).rejects.toMatchObject({ code: 'embedding_stopped' });
  });
});

describe('createMemorySearch', () => {
  test('does not read the questions of the run that asks, which knows them itself', async () => {
    const { bank, database } = await openBank();
    await fillBank({ database }, offlineEmbedder, [shop]);
    const own = await database.prisma.pipelineRun.findFirstOrThrow();
    const [candidate] = await toEmbedded(offlineEmbedder, [reworded]);
    const vectors = [candidate?.embedding as Float32Array];
    const shared = { bank, model: offlineEmbedder.model, threshold: 0.71, pageSize: 10 };

    const ofOthers = await createMemorySearch({ ...shared, runId: own.runId }).findNearest(
      'math',
      vectors,
    );
    const ofAll = await createMemorySearch(shared).findNearest('math', vectors);

    expect(ofOthers).toEqual([undefined]);
    expect(ofAll).toMatchObject([{ similarity: expect.any(Number) }]);
  });

  test('begins again where reading the bank failed', async () => {
    const bank = await openBank();
    await fillBank(bank, offlineEmbedder, [shop]);
    let fails = true;
    const search = createMemorySearch({
      model: offlineEmbedder.model,
      threshold: 0.71,
      pageSize: 1,
      bank: {
        ...bank.bank,
        async *listVectors(place, options) {
          yield* bank.bank.listVectors(place, options);
          if (fails) throw new Error('connection lost');
        },
      },
    });
    const [candidate] = await toEmbedded(offlineEmbedder, [reworded]);
    const vectors = [candidate?.embedding as Float32Array];

    await expect(search.findNearest('math', vectors)).rejects.toThrow('connection lost');
    fails = false;

    expect(await search.findNearest('math', vectors)).toMatchObject([
      { similarity: expect.any(Number) },
    ]);
  });
});
