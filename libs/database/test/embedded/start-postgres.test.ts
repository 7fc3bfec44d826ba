import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { withClient } from '../../src/with-client.ts';
import { newDataDirectory, startInProcess } from '../fixtures/embedded-postgres.ts';

const answer = (url: string) =>
  withClient(url, async (client) => (await client.query('SELECT 1 AS one')).rows[0].one);
const unreachable = { code: 'database_unreachable' };

describe('a server', () => {
  test('keeps its data over a stop and a start, and stops when told twice', async () => {
    const dataDirectory = newDataDirectory();
    const first = await startPostgres({ dataDirectory });
    await withClient(first.url('postgres'), (client) => client.query('CREATE TABLE kept ()'));
    await Promise.all([first.stop(), first.stop()]);
    await expect(answer(first.url('postgres'))).rejects.toMatchObject(unreachable);

    const second = await startPostgres({ dataDirectory });

    await withClient(second.url('postgres'), (client) => client.query('TABLE kept'));
    expect([first.startedHere, second.startedHere]).toEqual([true, true]);
    await second.stop();
  });

  test('takes another port where the preferred one is taken', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void stranger.close());
    await new Promise((resolve) => stranger.once('listening', resolve));
    const { port } = stranger.address() as { port: number };

    const server = await startPostgres({ dataDirectory: newDataDirectory(), port });

    expect(server.port).not.toBe(port);
    expect(await answer(server.url('postgres'))).toBe(1);
  });

  test('that is not durable leaves no file', async () => {
    const dataDirectory = newDataDirectory();
    const server = await startPostgres({ dataDirectory, durable: false });

    await server.stop();

    expect(existsSync(dataDirectory)).toBe(false);
    expect(existsSync(`${dataDirectory}.password`)).toBe(false);
  });

  test('asks for a password', async () => {
    const server = await startPostgres({ dataDirectory: newDataDirectory(), durable: false });
    onTestFinished(server.stop);
    const url = new URL(server.url('postgres'));
    url.password = 'guess';

    await expect(answer(url.href)).rejects.toMatchObject({
      code: 'database_authentication_failed',
    });
  });
});

describe('two processes', () => {
  test('that start at the same moment have one server', async () => {
    const dataDirectory = newDataDirectory();

    const both = await Promise.all([startInProcess(dataDirectory), startInProcess(dataDirectory)]);

    expect(both.map(({ startedHere }) => startedHere).sort()).toEqual([false, true]);
    expect(both[0].port).toBe(both[1].port);
    expect(await answer(both[0].url)).toBe(1);
  });

  test('of which one only shares: its stop leaves the server to the other', async () => {
    const dataDirectory = newDataDirectory();
    const owner = await startInProcess(dataDirectory);
    const guest = await startInProcess(dataDirectory);

    await guest.stop();

    expect(await answer(owner.url)).toBe(1);
    await owner.stop();
    await expect(answer(owner.url)).rejects.toMatchObject(unreachable);
  });

  test('of which one is killed: the next shares its server, and ends it', async () => {
    const dataDirectory = newDataDirectory();
    const killed = await startInProcess(dataDirectory);
    await killed.kill();

    const next = await startInProcess(dataDirectory);

    expect(next).toMatchObject({ startedHere: false, port: killed.port });
    expect(await answer(next.url)).toBe(1);
    await next.stop();
    await expect(answer(next.url)).rejects.toMatchObject(unreachable);
  });
});

describe('a data directory', () => {
  test('whose creation was cut short is made anew', async () => {
    const dataDirectory = newDataDirectory();
    mkdirSync(join(`${dataDirectory}.new`, 'base'), { recursive: true });
    mkdirSync(dataDirectory);
    writeFileSync(`${dataDirectory}.password`, 'of the one cut short');

    const server = await startPostgres({ dataDirectory });

    expect(await answer(server.url('postgres'))).toBe(1);
  });

  test('whose password is lost is not thrown away', async () => {
    const dataDirectory = newDataDirectory();
    await (await startPostgres({ dataDirectory })).stop();
    rmSync(`${dataDirectory}.password`);

    await expect(startPostgres({ dataDirectory })).rejects.toMatchObject({
      code: 'embedded_postgres_failed',
      message: expect.stringContaining(`${dataDirectory}.password`),
    });
    expect(existsSync(join(dataDirectory, 'PG_VERSION'))).toBe(true);
  });

  test('that cannot be started tells the end of the log', async () => {
    const dataDirectory = newDataDirectory();
    await (await startPostgres({ dataDirectory })).stop();
    appendFileSync(join(dataDirectory, 'postgresql.conf'), 'no_such_setting = on\n');

    await expect(startPostgres({ dataDirectory })).rejects.toMatchObject({
      code: 'embedded_postgres_failed',
      message: expect.stringContaining('no_such_setting'),
    });
  });

  test.skipIf(process.getuid?.() !== 0)(
    'in a home that is closed to others is kept where the server can reach it',
    async () => {
      const dataDirectory = newDataDirectory(0o700);

      const server = await startPostgres({ dataDirectory });

      expect(await answer(server.url('postgres'))).toBe(1);
      expect(existsSync(dirname(dataDirectory))).toBe(true);
      expect(existsSync(dataDirectory)).toBe(false);
    },
  );
});
