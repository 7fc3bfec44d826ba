import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import type {} from '@aiq/database/testing/global-setup';
import { startModelServer } from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { runCli } from '../support/run-cli.ts';
import { configFile } from '../support/services.ts';

const openai = 'openai/text-embedding-3-small';
const generate = [
  'generate',
  '--count',
  '6',
  '--types',
  'math',
  '--seed',
  '7',
  '--json',
  '--quiet',
];

describe('deduplication.embedder', { timeout: 60_000 }, () => {
  test('may be a model: it embeds what the run stores, and what that cost is in the summary', async () => {
    const server = await startModelServer(({ texts }) => ({
      kind: 'vectors',
      vectors: texts.map((text) => [text.length, text.codePointAt(9) ?? 0, -text.length / 2]),
    }));
    const url = (await testDatabase()).url('question_service');
    const database = createDatabase({ url, applicationName: 'test' });
    onTestFinished(async () => {
      await Promise.all([server.stop(), database.close()]);
    });

    const result = await runCli(generate, {
      DATABASE_URL: url,
      QUESTION_SERVICE_CONFIG: configFile({ deduplication: { embedder: openai, threshold: 1 } }),
      OPENAI_API_KEY: 'sk-test-openai',
      OPENAI_BASE_URL: server.baseUrls.openai,
    });

    const { inserted, cost } = JSON.parse(result.stdout) as RunSummary;
    const models = await database.prisma.question.groupBy({ by: ['embeddingModel'], _count: true });
    expect(result.code).toBe(0);
    expect(inserted).toBeGreaterThan(0);
    expect(models).toEqual([{ embeddingModel: 'text-embedding-3-small', _count: inserted }]);
    expect(cost.byModel).toContainEqual(
      expect.objectContaining({ model: 'text-embedding-3-small', calls: server.calls.length }),
    );
    expect(cost.usd).toBeGreaterThan(0);
  });

  test.for([
    [openai, /models of openai need OPENAI_API_KEY; got "openai\/text-embedding-3-small"/],
    ['openai/text-embedding-9', /deduplication.embedder.*openai\/text-embedding-3-small/],
  ] as const)(
    '%s without its key, or unknown, ends the start with 3 and says why',
    async ([embedder, reason]) => {
      const result = await runCli(generate, {
        DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none',
        QUESTION_SERVICE_CONFIG: configFile({ deduplication: { embedder } }),
      });

      expect(result).toMatchObject({ code: 3, stdout: '' });
      expect(result.stderr).toMatch(reason);
    },
  );
});
