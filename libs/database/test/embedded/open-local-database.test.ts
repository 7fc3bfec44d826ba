import { expect, test } from 'vitest';
import { openLocalDatabase } from '../../src/embedded/index.ts';
import { createDatabase } from '../../src/index.ts';
import { migrationNames } from '../../src/migrate/migrate.ts';
import { newDataDirectory } from '../fixtures/embedded-postgres.ts';

test('a new checkout has a migrated database into which both services can log in', async () => {
  const lines: string[] = [];
  const dataDirectory = newDataDirectory();

  const local = await openLocalDatabase({
    dataDirectory,
    port: 0,
    log: (line) => lines.push(line),
  });

  const applied = lines.filter((line) => line.endsWith(' applied'));
  expect(applied).toEqual(migrationNames().map((name) => `Migration ${name} applied`));
  for (const role of ['backend', 'question_service'] as const) {
    const database = createDatabase({ url: local.urlFor(role), applicationName: 'test' });
    await expect(database.prisma.question.count()).resolves.toBe(0);
    await database.close();
  }
  await local.stop();
});

test('a second opening shares the server, and finds nothing to migrate', async () => {
  const dataDirectory = newDataDirectory();
  const first = await openLocalDatabase({ dataDirectory, port: 0 });
  const lines: string[] = [];

  const second = await openLocalDatabase({
    dataDirectory,
    port: 0,
    log: (line) => lines.push(line),
  });

  expect(second).toMatchObject({ startedHere: false, port: first.port });
  expect(lines).toEqual([`Postgres was running: shared at 127.0.0.1:${first.port}`]);
  await second.stop();
  await first.stop();
});
