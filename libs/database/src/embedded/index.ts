export type { DatabaseRole } from '../migrate/index.ts';
export {
  type LocalDatabase,
  type LocalDatabaseOptions,
  openLocalDatabase,
} from './open-local-database.ts';
export {
  type EmbeddedPostgres,
  type StartPostgresOptions,
  startPostgres,
} from './start-postgres.ts';
