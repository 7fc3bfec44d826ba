import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase, type Database, type DatabaseOptions } from '../src/index.ts';
import { testDatabase } from '../src/testing/index.ts';
import { connected } from './fixtures/connected.ts';

/** A database that is closed with the test. */
function opened(options: Partial<DatabaseOptions> & { url: string }): Database {
  const database = createDatabase({ applicationName: 'aiq-test', ...options });
  onTestFinished(() => database.close());
  return database;
}

describe('createDatabase', () => {
  test('gives a client that writes and reads as the role of its URL', async () => {
    const { prisma } = opened({ url: (await testDatabase()).url('backend') });

    const user = await prisma.user.create({ data: { email: 'ada@b.c', passwordHash: 'hash' } });

    await expect(prisma.user.findMany()).resolves.toEqual([user]);
  });

  test('counts outside a transaction do not wait for one that is open', async () => {
    const { prisma } = opened({ url: (await testDatabase()).url('backend') });

    const outside = await prisma.$transaction(async (transaction) => {
      await transaction.user.create({ data: { email: 'ada@b.c', passwordHash: 'hash' } });
      return prisma.user.count();
    });

    expect([outside, await prisma.user.count()]).toEqual([0, 1]);
  });

  test('is known to the server by its application name', async () => {
    const { prisma } = opened({
      url: (await testDatabase()).adminUrl,
      applicationName: 'aiq-seen',
    });

    const rows = await prisma.$queryRaw`SHOW application_name`;

    expect(rows).toEqual([{ application_name: 'aiq-seen' }]);
  });

  test('has the server end a statement that runs too long', async () => {
    const { prisma } = opened({ url: (await testDatabase()).adminUrl, statementTimeoutMs: 50 });

    const slow = prisma.$queryRaw`SELECT 1 FROM pg_sleep(10)`;

    await expect(slow).rejects.toThrow(/statement timeout/);
  });

  test('waits for a free connection no longer than it was told', async () => {
    const { adminUrl } = await testDatabase();
    const { prisma } = opened({ url: adminUrl, poolMax: 1, connectionTimeoutMs: 50 });

    const waiting = prisma.$transaction(async () => prisma.user.count());

    await expect(waiting).rejects.toThrow(/timeout/i);
  });

  test('outlives connections that the server ends, and tells of them', async () => {
    const { adminUrl } = await testDatabase();
    const lost: Error[] = [];
    const database = opened({
      url: adminUrl,
      applicationName: 'aiq-cut',
      onConnectionLost: (error) => lost.push(error),
    });
    await database.ping();
    const admin = await connected(adminUrl);

    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aiq-cut'`,
    );
    while (lost.length === 0) await sleep(5);

    await expect(database.ping()).resolves.toBeUndefined();
  });

  test('closes unused, used, and twice', async () => {
    const { adminUrl } = await testDatabase();
    const [unused, used] = [opened({ url: adminUrl }), opened({ url: adminUrl })];
    await used.prisma.user.count();

    await expect(
      Promise.all([unused.close(), unused.close(), used.close(), used.close()]),
    ).resolves.toBeDefined();
    await expect(used.ping()).rejects.toThrow();
  });

  test.for(['', 'mysql://a:secret@h/d', 'postgresql://a:secret@h:1'])(
    'refuses %j as a URL, without repeating a password',
    (url) => {
      const create = () => createDatabase({ url, applicationName: 'test' });

      expect(create).toThrow(expect.objectContaining({ code: 'database_url_invalid' }));
      expect(create).not.toThrow(/secret/);
    },
  );
});

describe('ping', () => {
  test.for([
    ['nobody listens', 'postgresql://ada:secret@127.0.0.1:1/d', '127.0.0.1:1'],
    [
      'the host has no address',
      'postgresql://ada:secret@no-host.invalid/d',
      'no-host.invalid:5432',
    ],
  ] as const)('names host and port and no password where %s', async ([, url, address]) => {
    const error = await opened({ url, pingTimeoutMs: 10_000 })
      .ping()
      .catch((e: unknown) => e);

    expect(error).toMatchObject({
      code: 'database_unreachable',
      message: expect.stringContaining(address),
    });
    expect(String(error)).not.toContain('secret');
  });

  test('ends in its own time where a server accepts and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const url = `postgresql://a:b@127.0.0.1:${port}/d`;

    const ping = opened({ url, pingTimeoutMs: 50, connectionTimeoutMs: 500 }).ping();

    await expect(ping).rejects.toMatchObject({
      code: 'database_unreachable',
      message: expect.stringContaining('50 ms'),
    });
  });

  test('tells a wrong password and a missing database apart', async () => {
    const { adminUrl } = await testDatabase();
    const [wrong, missing] = [new URL(adminUrl), new URL(adminUrl)];
    wrong.password = 'secret';
    missing.pathname = '/nowhere';

    const codes = [opened({ url: wrong.href }), opened({ url: missing.href })].map((database) =>
      database.ping().catch(({ code }) => code),
    );

    expect(await Promise.all(codes)).toEqual([
      'database_authentication_failed',
      'database_not_found',
    ]);
  });
});
