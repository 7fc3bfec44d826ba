import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@aiq/config';
import { expect, test } from 'vitest';
import { migrate, roleUrl } from '../../src/migrate/index.ts';
import { migrationNames } from '../../src/migrate/migrate.ts';
import { connected } from '../fixtures/connected.ts';
import { newDatabaseUrl } from '../fixtures/new-database-url.ts';

const cli = fileURLToPath(new URL('../../src/migrate/cli.ts', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runCli(args: readonly string[], databaseUrl?: string): Promise<Outcome> {
  const env = childEnvironment({ DATABASE_URL: databaseUrl });
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

test('migrates the database of DATABASE_URL, says what it applied, and lets the services in', async () => {
  const url = newDatabaseUrl();

  const first = await runCli([], url);
  const second = await runCli([], url);

  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout.match(/(?<=^applied ).+$/gm)).toEqual(migrationNames());
  expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/was up to date/) });
  await expect(connected(roleUrl(url, 'backend'))).resolves.toBeDefined();
});

test('prints the connection URL of a role, and nothing else', async () => {
  const url = newDatabaseUrl();
  await migrate(url);

  const { stdout } = await runCli(['--url', url, '--url-of', 'question_service']);

  expect(stdout).toBe(`${roleUrl(url, 'question_service')}\n`);
});

test.for([
  ['no database', [], undefined, 3, 'set DATABASE_URL'],
  ['an unknown flag', ['--force'], undefined, 3, '--help'],
  [
    'an unknown role',
    ['--url-of', 'root'],
    'postgresql://a:b@h/d',
    3,
    'backend or question_service',
  ],
  ['what is no URL', [], 'secret-word', 3, 'database_url_invalid'],
  ['an unreachable server', [], 'postgresql://a:secret-word@127.0.0.1:1/d', 4, '127.0.0.1:1'],
] as const)('refuses %s with its exit code and without a stack or a password', async (given) => {
  const [, args, url, code, words] = given;

  const outcome = await runCli(args, url);

  expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
  expect(outcome.stderr).not.toMatch(/secret-word|^ +at /m);
});

test('--help tells every option', async () => {
  const { stdout, code } = await runCli(['--help']);

  expect(code).toBe(0);
  for (const option of ['--url <url>', '--url-of', 'Exit codes']) expect(stdout).toContain(option);
});
