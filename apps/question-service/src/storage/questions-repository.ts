import type { Database, Prisma } from '@aiq/database';
import type { BankQuestion } from '../audit/audit-bank.ts';
import type { CriterionScores } from '../evaluation/verdict.ts';
import type { CandidateQuestion, DifficultyLevel } from '../questions/question.ts';

/** An approved, unique question with everything that its row holds. */
export interface StorableQuestion {
  readonly question: CandidateQuestion;
  readonly contentHash: string;
  readonly embedding: ArrayLike<number>;
  readonly embeddingModel: string;
  readonly author: {
    readonly provider: string;
    readonly model: string;
    readonly promptVersion: string;
  };
  readonly judge: { readonly provider: string; readonly model: string };
  readonly score: number;
  readonly scores: CriterionScores;
}

/** A run that may no longer store: another worker has marked it interrupted. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'lease_lost';

  constructor(runId: string) {
    super(`run ${runId} is no longer running: its lease expired and it was marked interrupted`);
  }
}

/** Where an item that nobody has answered yet is taken to lie on the theta scale. */
const priorDifficulty: Readonly<Record<DifficultyLevel, number>> = { easy: -1, medium: 0, hard: 1 };

const transactionTimeoutMs = 15_000;

/** The door to `questions`. */
export function createQuestionsRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    /**
     * Stores a batch in one transaction, all of it or nothing, and returns the content hashes that the
     * bank now holds from this run. The others were there before: exact duplicates. Storing the same
     * batch twice changes nothing and gives the same answer.
     *
     * @throws {LeaseLostError} lease_lost when the run is not `running` any more.
     */
    async storeBatch(
      runId: string,
      questions: readonly StorableQuestion[],
    ): Promise<ReadonlySet<string>> {
      return prisma.$transaction(
        async (transaction) => {
          await assertRunning(transaction, runId);
          await insertNew(transaction, runId, questions);
          return findStored(transaction, runId, questions);
        },
        { timeout: transactionTimeoutMs },
      );
    },

    /** Which of these questions the bank holds from this run. */
    findStored: (runId: string, questions: readonly StorableQuestion[]) =>
      findStored(prisma, runId, questions),

    countActive: (): Promise<number> => prisma.question.count({ where: { active: true } }),

    /** All questions that are served, as they were written, page by page. */
    async *listActive(options: { pageSize: number }): AsyncGenerator<readonly BankQuestion[]> {
      let after: string | undefined;
      for (;;) {
        const page = await prisma.question.findMany({
          where: { active: true, ...(after === undefined ? {} : { id: { gt: after } }) },
          orderBy: { id: 'asc' },
          take: options.pageSize,
          select: bankColumns,
        });
        if (page.length > 0) yield page.map(toBankQuestion);
        if (page.length < options.pageSize) return;
        after = page.at(-1)?.id;
      }
    },

    /** Takes questions out of service, and returns how many were served until now. */
    async deactivate(ids: readonly string[]): Promise<number> {
      const { count } = await prisma.question.updateMany({
        where: { id: { in: [...ids] }, active: true },
        data: { active: false },
      });
      return count;
    },

    countByRun: (runId: string): Promise<number> => prisma.question.count({ where: { runId } }),
  };
}

export type QuestionsRepository = ReturnType<typeof createQuestionsRepository>;

const bankColumns = {
  id: true,
  provider: true,
  type: true,
  difficultyLevel: true,
  content: true,
  options: true,
  keyIndex: true,
  explanation: true,
  stimulus: true,
} as const;

function toBankQuestion({
  id,
  provider,
  stimulus,
  ...question
}: Prisma.QuestionGetPayload<{ select: typeof bankColumns }>): BankQuestion {
  return { id, provider, question: { ...question, ...(stimulus === null ? {} : { stimulus }) } };
}

/** Locks the run's row, so that it cannot be marked interrupted while the batch is being stored. */
async function assertRunning(transaction: Prisma.TransactionClient, runId: string): Promise<void> {
  const running = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM pipeline_runs WHERE run_id = ${runId}::uuid AND state = 'running' FOR SHARE`;
  if (running.length === 0) throw new LeaseLostError(runId);
}

async function findStored(
  client: Pick<Prisma.TransactionClient, 'question'>,
  runId: string,
  questions: readonly StorableQuestion[],
): Promise<ReadonlySet<string>> {
  const rows = await client.question.findMany({
    where: { runId, contentHash: { in: questions.map(({ contentHash }) => contentHash) } },
    select: { contentHash: true },
  });
  return new Set(rows.map(({ contentHash }) => contentHash));
}

/** One statement with one parameter: several times cheaper than a parameter for each value. */
async function insertNew(
  transaction: Prisma.TransactionClient,
  runId: string,
  questions: readonly StorableQuestion[],
): Promise<void> {
  const rows = JSON.stringify(questions.map(toRow));
  await transaction.$executeRaw`
    INSERT INTO questions (
      type, difficulty_level, content, options, key_index, explanation, stimulus, content_hash,
      embedding, embedding_model, prompt_version, provider, model, judge_provider, judge_model,
      judge_scores, judge_score, difficulty, run_id)
    SELECT
      type, difficulty_level, content, options, key_index, explanation, stimulus, content_hash,
      embedding, embedding_model, prompt_version, provider, model, judge_provider, judge_model,
      judge_scores, judge_score, difficulty, ${runId}::uuid
    FROM jsonb_to_recordset(${rows}::jsonb) AS candidate(
      type question_type, difficulty_level difficulty_level, content text, options text[],
      key_index smallint, explanation text, stimulus text, content_hash text, embedding real[],
      embedding_model text, prompt_version text, provider text, model text, judge_provider text,
      judge_model text, judge_scores jsonb, judge_score double precision,
      difficulty double precision)
    ON CONFLICT (content_hash) DO NOTHING`;
}

function toRow(stored: StorableQuestion): Readonly<Record<string, unknown>> {
  const { question, author, judge } = stored;
  return {
    type: question.type,
    difficulty_level: question.difficultyLevel,
    content: question.content,
    options: question.options,
    key_index: question.keyIndex,
    explanation: question.explanation,
    stimulus: question.stimulus ?? null,
    content_hash: stored.contentHash,
    embedding: Array.from(stored.embedding),
    embedding_model: stored.embeddingModel,
    prompt_version: author.promptVersion,
    provider: author.provider,
    model: author.model,
    judge_provider: judge.provider,
    judge_model: judge.model,
    judge_scores: stored.scores,
    judge_score: stored.score,
    difficulty: priorDifficulty[question.difficultyLevel],
  };
}
