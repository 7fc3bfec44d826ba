import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@aiq/config';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/migrate/index.ts';
import { testDatabase } from '../src/testing/index.ts';
import { newDatabaseUrl } from './fixtures/new-database-url.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', 'prisma', 'build', 'index.js');

/** Runs the unmodified Prisma CLI, with prisma.config.ts and so with our schema engine. */
function prisma(databaseUrl: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const env = childEnvironment({
    DATABASE_URL: databaseUrl,
    PRISMA_SCHEMA_ENGINE_BINARY: undefined,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

test('the migrations make what the schema says: nothing drifts', async () => {
  const { adminUrl } = await testDatabase();
  const migrations = ['migrate', 'diff', '--from-migrations', 'prisma/migrations'];

  const diff = await prisma(
    adminUrl,
    ...migrations,
    '--to-schema',
    'prisma/schema.prisma',
    '--exit-code',
  );

  expect(diff).toMatchObject({
    code: 0,
    output: expect.stringContaining('No difference detected'),
  });
});

test('a column that only the schema has is seen as drift', async () => {
  const { adminUrl } = await testDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'aiq-schema-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const schema = join(directory, 'schema.prisma');
  copyFileSync(join(root, 'prisma', 'schema.prisma'), schema);
  const text = readFileSync(schema, 'utf8');
  writeFileSync(schema, text.replace(/^model User \{$/m, '$&\n  nickname String?'));

  const diff = await prisma(
    adminUrl,
    ...['migrate', 'diff', '--from-config-datasource', '--to-schema', schema],
    ...['--script', '--exit-code'],
  );

  expect(diff).toMatchObject({ code: 2, output: expect.stringContaining('"nickname"') });
});

test('the CLI takes what migrate() applied for its own', async () => {
  const url = newDatabaseUrl();
  await migrate(url);

  const status = await prisma(url, 'migrate', 'status');

  expect(status).toMatchObject({ code: 0, output: expect.stringContaining('up to date') });
});

test('migrate() has nothing left to apply after the CLI', async () => {
  const url = newDatabaseUrl();
  const deployed = await prisma(url, 'migrate', 'deploy');

  const applied = await migrate(url);

  expect(deployed).toMatchObject({
    code: 0,
    output: expect.stringContaining('successfully applied'),
  });
  expect(applied).toEqual([]);
});

test('the CLI says that a server cannot be reached', async () => {
  const status = await prisma('postgresql://a:secret-word@127.0.0.1:1/d', 'migrate', 'status');

  expect(status).toMatchObject({ code: 1, output: expect.stringMatching(/127\.0\.0\.1:1/) });
  expect(status.output).not.toContain('secret-word');
});
