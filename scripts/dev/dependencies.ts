import { createDatabase } from '@aiq/database';
import { openLocalDatabase } from '@aiq/database/embedded';
import { type DatabaseRole, migrate, provisionRoles, roleUrl } from '@aiq/database/migrate';
import { createBankRepository } from './bank-repository.ts';
import type { DevVariables } from './dev.config.ts';
import type { Output } from './output.ts';

export interface DevDatabase {
  readonly adminUrl: string;
  /** Host, port and database, without the password. */
  readonly address: string;
  urlFor(role: DatabaseRole): string;
  countQuestions(): Promise<number>;
  countSmallestStratum(): Promise<number>;
  close(): Promise<void>;
}

/** The given Postgres, or the embedded one: created where needed, migrated, with a login for each service. */
export async function openDevDatabase(options: {
  variables: DevVariables;
  /** Where the embedded cluster lives; this checkout's own by default. */
  dataDirectory: string | undefined;
  output: Output;
}): Promise<DevDatabase> {
  const { variables, dataDirectory, output } = options;
  const opened = variables.DATABASE_URL
    ? await openGiven(variables.DATABASE_URL)
    : await openLocalDatabase({ dataDirectory, log: output.say });
  const { adminUrl } = opened;
  const database = createDatabase({ url: adminUrl, applicationName: 'aiq-dev', poolMax: 2 });
  const bank = createBankRepository(database);
  const { host, pathname } = new URL(adminUrl);
  return {
    adminUrl,
    address: `${host}${pathname}`,
    urlFor: opened.urlFor,
    countQuestions: () => bank.countAll(),
    countSmallestStratum: () => bank.countSmallestStratum(),
    close: async () => {
      await database.close();
      await opened.stop();
    },
  };
}

async function openGiven(adminUrl: string) {
  await migrate(adminUrl);
  await provisionRoles(adminUrl);
  return {
    adminUrl,
    urlFor: (role: DatabaseRole) => roleUrl(adminUrl, role),
    stop: async () => {},
  };
}
