import { insertFailureOf } from '../../storage/insert-failure.ts';
import type { QuestionsRepository, StorableQuestion } from '../../storage/questions-repository.ts';
import { inStage, recordFault, type StageContext } from '../pipeline-context.ts';
import type { Origin } from '../run-ledger.ts';
import type { UniqueQuestion } from './deduplication-stage.ts';

interface StorageContext extends StageContext {
  readonly runId: string;
  readonly questions: Pick<QuestionsRepository, 'storeBatch' | 'findStored'>;
  readonly attemptsMax: number;
  /** Called when the run turns out to have been marked interrupted. */
  readonly onLeaseLost: () => void;
}

/**
 * Stores a batch in one transaction, tried again where that can help. What the bank then holds from
 * this run is inserted; the rest was there already, or could not be stored. Never throws.
 */
export function storeBatch(
  context: StorageContext,
  origin: Origin,
  unique: readonly UniqueQuestion[],
): Promise<void> {
  return inStage(context, 'storage', async () => {
    const { telemetry, ledger } = context;
    const rows = unique.map(toStorable);
    const attributes = { question_count: rows.length };
    await telemetry.startSpan('db.insert', { attributes }, async (span) => {
      const stored = await store(context, rows);
      ledger.inserted(origin, stored.hashes.size);
      span.setAttribute('inserted_count', stored.hashes.size);
      const missing = rows.length - stored.hashes.size;
      if (stored.failure === undefined) {
        for (let index = 0; index < missing; index += 1) ledger.duplicate(origin, 'exact');
      } else {
        span.setAttribute('error.type', stored.failure);
        ledger.insertFailed(origin, stored.failure, missing);
      }
    });
  });
}

type Stored = {
  readonly hashes: ReadonlySet<string>;
  readonly failure?: ReturnType<typeof insertFailureOf>;
};

async function store(context: StorageContext, rows: readonly StorableQuestion[]): Promise<Stored> {
  const { ledger, questions, runId, attemptsMax } = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { hashes: await questions.storeBatch(runId, rows) };
    } catch (error) {
      const failure = insertFailureOf(error);
      const canRetry = failure !== 'lease_lost' && failure !== 'constraint';
      if (canRetry && attempt < attemptsMax) {
        ledger.error('database', 'warning');
        ledger.retried('storage');
        continue;
      }
      recordFault(context, error, { category: 'database', operation: 'db.insert' });
      if (failure === 'lease_lost') context.onLeaseLost();
      return { failure, hashes: await findCommitted(context, rows) };
    }
  }
}

/** A connection can break after the commit and before its answer: then the rows are there all the same. */
async function findCommitted(
  { questions, runId, telemetry }: StorageContext,
  rows: readonly StorableQuestion[],
): Promise<ReadonlySet<string>> {
  try {
    return await questions.findStored(runId, rows);
  } catch (error) {
    telemetry.logger.warn('cannot tell whether a failed batch was stored', {
      error: String(error),
      question_count: rows.length,
    });
    return new Set();
  }
}

function toStorable({ author, ...unique }: UniqueQuestion): StorableQuestion {
  const { name: provider, model, promptVersion } = author;
  return { ...unique, author: { provider, model, promptVersion } };
}
