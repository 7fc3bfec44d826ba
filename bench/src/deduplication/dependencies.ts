import { createDatabase } from '@aiq/database';
import { migrate } from '@aiq/database/migrate';
import { createBankRepository } from '@aiq/question-service/deduplication';
import { createBankFiller } from './bank-filler-repository.ts';

/** A migrated database with what the benchmark does to it; filling it may take its time. */
export async function openDependencies(url: string) {
  await migrate(url);
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
