import { createDatabase, type Database } from '@aiq/database';

/** The database as its administrator has it: to fill it, and to count what is there at the end. */
export function openAdmin(url: string): Database {
  return createDatabase({ url, applicationName: 'bench', poolMax: 4 });
}
