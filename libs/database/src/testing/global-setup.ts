import type { TestProject } from 'vitest/node';
import { withDatabase } from '../connection-url.ts';
import { migrate, provisionRoles } from '../migrate/index.ts';
import { withClient } from '../with-client.ts';
import { loadTestingConfig } from './config.ts';
import { startTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database to clone: see testDatabase(). */
    aiqTemplateUrl: string;
  }
}

/**
 * vitest's `globalSetup`: a server for the run, with a migrated template, and the end of both.
 *
 * `TEST_DATABASE_URL` names the server instead, by an administrator's URL; its databases are created
 * beside the one named, which is left alone, and dropped at the end.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL: given } = loadTestingConfig();
  const run = `aiq_test_${crypto.randomUUID().slice(0, 8)}`;
  const server = given ? shareServer(given, run) : await startTestServer();
  try {
    const templateUrl = server.url(`${run}_template`);
    await migrate(templateUrl);
    await provisionRoles(templateUrl);
    project.provide('aiqTemplateUrl', templateUrl);
    return server.stop;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function shareServer(url: string, run: string): TestServer {
  return {
    url: (database) => withDatabase(url, database),
    stop: () =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ statement: string }>(
          `SELECT format('DROP DATABASE IF EXISTS %I WITH (FORCE)', datname) AS statement
           FROM pg_database WHERE starts_with(datname, $1)`,
          [run],
        );
        for (const { statement } of rows) await client.query(statement);
      }),
  };
}
