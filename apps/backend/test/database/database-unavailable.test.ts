import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { expect, onTestFinished, test } from 'vitest';
import { isDatabaseUnavailable } from '../../src/database/database-unavailable.ts';

test('a transaction that the server ended for idling is a database that could not be had', async () => {
  const { url } = await testDatabase();
  const database = createDatabase({
    url: url('backend'),
    applicationName: 'tests',
    // A transaction may idle for twice as long.
    statementTimeoutMs: 100,
  });
  onTestFinished(() => database.close());

  const transaction = database.prisma.$transaction(async (inside) => {
    await inside.$queryRaw`SELECT 1`;
    // The process is held up, as on a machine that stood still: the end is read with the answer to what comes next.
    const untilMs = performance.now() + 600;
    while (performance.now() < untilMs);
    await inside.$queryRaw`SELECT 1`;
  });

  const error = await transaction.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringContaining('25P03') });
  expect(isDatabaseUnavailable(error)).toBe(true);
});
