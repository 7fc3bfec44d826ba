import { createHash } from 'node:crypto';
import type { Database } from '@aiq/database';
import type { QuestionText } from './question-vectors.ts';

export interface FilledQuestion extends QuestionText {
  readonly vector: Float32Array;
}

const runId = '00000000-0000-4000-8000-000000000001';

/** Fills a bank faster than a run could: rows as a run stores them, with vectors from elsewhere. */
export function createBankFiller({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async begin(): Promise<void> {
      await prisma.pipelineRun.create({ data: { runId, trigger: 'cli', plan: {} } });
    },

    async add(model: string, questions: readonly FilledQuestion[], offset: number): Promise<void> {
      const rows = JSON.stringify(
        questions.map(({ type, content, options, vector }, at) => ({
          type,
          content: `${offset + at}: ${content}`,
          options,
          content_hash: createHash('sha256')
            .update(`${offset + at}`)
            .digest('hex'),
          embedding: Array.from(vector),
        })),
      );
      await prisma.$executeRaw`
        INSERT INTO questions (
          type, difficulty_level, content, options, key_index, explanation, content_hash, embedding,
          embedding_model, prompt_version, provider, model, judge_provider, judge_model, judge_scores,
          judge_score, difficulty, run_id)
        SELECT type, 'easy', content, options, 0, 'made to measure', content_hash, embedding, ${model},
          'bench', 'bench', 'bench', 'bench', 'bench', '{}', 1, 0, ${runId}::uuid
        FROM jsonb_to_recordset(${rows}::jsonb) AS filled(
          type question_type, content text, options text[], content_hash text, embedding real[])`;
    },

    /** Lets Postgres see how much there is, as it does by itself after a while. */
    async end(): Promise<void> {
      await prisma.$executeRaw`ANALYZE questions`;
    },
  };
}
