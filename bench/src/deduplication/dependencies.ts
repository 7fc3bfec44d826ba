import { createDatabase } from '@aiq/database';
import { createBankRepository } from '@aiq/question-service/deduplication';
import { createBankFiller } from './bank-filler-repository.ts';

/** A migrated database with what the benchmark does to it; filling it may take its time. */
export async function openDependencies(url: string) {
  const database = createDatabase({
    url,
    applicationName: 'aiq-bench',
    statementTimeoutMs: 120_000,
  });
  return {
    bank: createBankRepository(database),
    filler: createBankFiller(database),
    close: database.close,
  };
}
