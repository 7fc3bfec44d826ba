import type { Ask } from '../providers/question-provider.ts';
import type { QuestionType } from '../questions/question.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { BankRepository } from './bank-repository.ts';
import { EmbeddingFailure, embedQuestions } from './embed-questions.ts';
import type { QuestionEmbedder } from './question-embedder.ts';

/** Questions of the bank that are embedded at once. */
const pageSize = 100;

/**
 * Brings the questions of a type that another model has embedded to the configured one, so that every
 * question of the bank can be compared. What is done stays done when it fails half way.
 *
 * @throws {EmbeddingFailure} When the embedder failed; embedding_model_mismatch when another process is
 * bringing the bank to another model at the same time; embedding_stopped, between two pages, when the signal has fired.
 */
export async function reembedBank(
  type: QuestionType,
  options: {
    readonly bank: Pick<BankRepository, 'listForeign' | 'replaceEmbeddings'>;
    readonly embedder: QuestionEmbedder;
    readonly telemetry: Telemetry;
    readonly ask: Ask;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { bank, embedder, telemetry, ask, signal } = options;
  const { model } = embedder;
  let after: string | undefined;
  let count = 0;
  for (;;) {
    const page = await bank.listForeign({ type, model }, { after, limit: pageSize });
    if (page.length === 0) break;
    if (signal.aborted) {
      const reason = `the run ended before the bank's ${type} questions were embedded by ${model}`;
      throw new EmbeddingFailure('embedding_stopped', reason);
    }
    const vectors = await embedQuestions(embedder, page, ask);
    const replacements = page.map(({ id }, at) => ({ id, vector: vectors[at] as Float32Array }));
    await bank.replaceEmbeddings(model, replacements);
    after = page.at(-1)?.id;
    count += page.length;
  }
  if (count === 0) return;
  telemetry.logger.info('bank embedded anew', {
    model,
    question_type: type,
    question_count: count,
  });
  const [left] = await bank.listForeign({ type, model }, { after: undefined, limit: 1 });
  if (left) {
    const reason = `questions of type ${type} are being embedded by another model than ${model}`;
    throw new EmbeddingFailure('embedding_model_mismatch', reason);
  }
}
