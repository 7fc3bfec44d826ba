import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import type {} from '@aiq/database/testing/global-setup';
import { onTestFinished } from 'vitest';
import { createBankRepository } from '../../src/deduplication/bank-repository.ts';
import type { QuestionEmbedder } from '../../src/deduplication/question-embedder.ts';
import { type CandidateQuestion, contentHash } from '../../src/questions/question.ts';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { askOnce } from './ask-once.ts';

export interface TestBank {
  readonly database: Database;
  readonly bank: ReturnType<typeof createBankRepository>;
}

/** An empty bank in a database of its own, closed when the test ends. */
export async function openBank(): Promise<TestBank> {
  const { url } = await testDatabase();
  const database = createDatabase({ url: url('question_service'), applicationName: 'test' });
  onTestFinished(() => database.close());
  return { database, bank: createBankRepository(database) };
}

/** Questions as the deduplicator takes them. */
export async function toEmbedded(
  embedder: QuestionEmbedder,
  questions: readonly CandidateQuestion[],
) {
  const { model, vectors } = await embedder.embed(questions, askOnce);
  return questions.map((question, at) => ({
    question,
    type: question.type,
    contentHash: contentHash(question),
    embedding: Float32Array.from(vectors[at] ?? []),
    embeddingModel: model,
  }));
}

/** Stores questions in the bank as a run does. */
export async function fillBank(
  { database }: Pick<TestBank, 'database'>,
  embedder: QuestionEmbedder,
  questions: readonly CandidateQuestion[],
): Promise<void> {
  const runs = createPipelineRunsRepository(database);
  const runId = randomUUID();
  const request = { kind: 'fill', target: 1 } as const;
  await runs.plan({ runId, trigger: 'cli', seed: 1, request, attempt: 1 });
  await runs.begin(runId, { startedAt: new Date(), traceId: '0'.repeat(32), leaseSeconds: 60 });
  const embedded = await toEmbedded(embedder, questions);
  await createQuestionsRepository(database).storeBatch(
    runId,
    embedded.map((entry) => ({
      ...entry,
      author: { provider: 'procedural', model: 'families-v1', promptVersion: 'test' },
      judge: { provider: 'procedural', model: 'resolve-v1' },
      score: 1,
      scores: { clarity: 1, validity: 1, formatting: 1, creativity: 1 },
    })),
  );
}
