import { createDatabase } from '@aiq/database';
import { migrate } from '@aiq/database/migrate';
import { createBankRepository } from '@aiq/question-service/deduplication';
import { createBankFiller } from './bank-filler-repository.ts';

/** A migrated database with what the benchmark does to it; its limits are those of the service. */
export async function openDependencies(url: string) {
  await migrate(url);
  const database = createDatabase({ url, applicationName: 'aiq-bench' });
  return {
    bank: createBankRepository(database),
    filler: createBankFiller(database),
    close: database.close,
  };
}
