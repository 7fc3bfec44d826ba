import { createDatabase } from '@aiq/database';
import { createKeysRepository, type KeysRepository } from './keys-repository.ts';

/** The demo's own door to the database: test takers who know the key need it, and HTTP never gives it. */
export function createDependencies(databaseUrl: string): {
  keys: KeysRepository;
  close(): Promise<void>;
} {
  const database = createDatabase({ url: databaseUrl, applicationName: 'aiq-demo', poolMax: 2 });
  return { keys: createKeysRepository(database), close: () => database.close() };
}
