import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { childEnvironment } from '@aiq/config';
import { expect, inject, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../src/connection-url.ts';
import { testDatabase } from '../../src/testing/index.ts';
import { connected } from '../fixtures/connected.ts';
import { insertRow } from '../fixtures/rows.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

test('two databases are apart, and both are migrated', async () => {
  const [one, other] = [await testDatabase(), await testDatabase()];
  const [client, neighbour] = [await connected(one.adminUrl), await connected(other.adminUrl)];

  await insertRow(client, 'users');
  const { rowCount } = await neighbour.query('TABLE users');

  expect(rowCount).toBe(0);
});

test('several can be made at the same moment', async () => {
  const databases = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);

  expect(new Set(databases.map(({ adminUrl }) => adminUrl)).size).toBe(3);
});

test('a server that a killed run left is cleared by the next one', async () => {
  const temporary = newTemporaryDirectory();
  const start = `
    const { startTestServer } = await import(process.argv[1]);
    const server = await startTestServer();
    if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
    await server.stop();
  `;
  const module = join(root, 'src', 'testing', 'test-server.ts');
  const env = childEnvironment({ TMPDIR: temporary });
  const program = (...words: string[]) =>
    run(process.execPath, ['--input-type=module', '-e', start, module, ...words], { env });

  await program('die').catch(() => {});
  const left = readdirSync(temporary);
  await program('end');

  expect(left).toHaveLength(1);
  expect(readdirSync(temporary)).toEqual([]);
});

test('a run on a given server drops all that it created, after a failed test too', async () => {
  const url = withDatabase(inject('aiqTemplateUrl'), 'postgres');
  const env = childEnvironment({ TEST_DATABASE_URL: url, NO_COLOR: '1' });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(root, 'test', 'testing', 'failing', 'vitest.failing.ts');

  const outcome = await run(process.execPath, [vitest, 'run', '--config', config], {
    env,
  }).catch((error: { stdout: string; stderr: string }) => error);

  const [prefix] = `${outcome.stdout}${outcome.stderr}`.match(/aiq_test_[0-9a-f]{8}_/) ?? [];
  expect(prefix).toBeDefined();
  const { rows } = await (await connected(url)).query(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  expect(rows).toEqual([]);
});

function newTemporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-testing-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
