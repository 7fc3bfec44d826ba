import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { eventually, freePort, runProgram } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isAlive } from '../scripts/dev/processes.ts';
import { type Platform, startPlatform } from './platform/start-platform.ts';
import { repositoryRoot, systemEnvironment } from './platform/system.config.ts';

let platform: Platform;
let holder: Server;
let takenPort: number;

beforeAll(async () => {
  takenPort = await freePort();
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(takenPort, '127.0.0.1', resolve));
  platform = await startPlatform({ QUESTION_SERVICE_PORT: String(takenPort) });
});
afterAll(async () => {
  await platform?.stop();
  holder?.close();
});

const pnpm = (...args: string[]) =>
  runProgram('npx', ['--yes', 'pnpm@12', ...args, '--state', platform.directory], {
    cwd: repositoryRoot,
    env: systemEnvironment(),
    timeoutMs: 90_000,
  });

const pidOf = (name: string): number =>
  platform.pids().find((service) => service.name === name)?.pid ?? 0;

describe('npx pnpm@12 dev', () => {
  test('replaces a taken port and says so', () => {
    expect(platform.program.stdout).toContain(`Port ${takenPort} is taken`);
    expect(new URL(platform.addresses.questionService).port).not.toBe(String(takenPort));
  });

  test('fills the bank to at least 100 questions in each of the 18 strata', async () => {
    const authorization = `Bearer ${platform.environment.environment['BACKEND_ADMIN_TOKEN']}`;
    const response = await fetch(`${platform.addresses.backend}/v1/admin/inventory`, {
      headers: { authorization },
    });
    const { strata } = inventorySchema.parse(await response.json());

    expect(strata).toHaveLength(18);
    expect(Math.min(...strata.map((stratum) => stratum.active))).toBeGreaterThanOrEqual(100);
  });

  test('says that one is running when it is started a second time', async () => {
    const second = await pnpm('dev');

    expect(second.code).toBe(1);
    expect(second.stdout).toContain('already running');
    expect(second.stdout).toContain(platform.addresses.backend);
  });

  test('answers a wrong flag with exit code 3 and the help', async () => {
    const wrong = await pnpm('dev', '--wrong');

    expect(wrong.code).toBe(3);
    expect(wrong.stdout).toContain('Usage: npx pnpm@12 dev');
  });

  test('answers an unreachable DATABASE_URL with exit code 4, and leaves nothing running', async () => {
    const port = await freePort();
    const directory = mkdtempSync('/tmp/aiq-system-');
    const result = await runProgram('npx', ['--yes', 'pnpm@12', 'dev', '--state', directory], {
      cwd: repositoryRoot,
      env: {
        ...systemEnvironment(),
        DATABASE_URL: `postgresql://someone:hidden-word@127.0.0.1:${port}/aiq`,
      },
    });
    rmSync(directory, { recursive: true, force: true });

    expect(result.code).toBe(4);
    expect(result.stdout).toContain(`127.0.0.1:${port}`);
    expect(result.stdout).toContain('Stopped.');
    expect(result.stdout).not.toContain('hidden-word');
  });

  test('reports the crash of a service, keeps the others, and starts it anew on an edit', async () => {
    const killed = pidOf('backend');
    process.kill(killed, 'SIGKILL');
    await platform.program.waitForLine(/backend crashed \(SIGKILL\)/);
    const console = await fetch(`${platform.addresses.console}/health/live`);
    expect(console.status).toBe(200);

    const now = new Date();
    utimesSync(`${repositoryRoot}/apps/backend/src/app.ts`, now, now);

    await eventually(
      async () =>
        (await fetch(`${platform.addresses.backend}/health/ready`).catch(() => undefined))?.ok,
      { timeoutMs: 20_000, message: 'the backend after an edit' },
    );
    expect(pidOf('backend')).not.toBe(killed);
  });
});

describe('npx pnpm@12 demo', () => {
  test('prints abilities given and recovered, a trace down to SQL, and an error with its trace id', async () => {
    const demo = await pnpm('demo', '--takers', '3', '--seed', '11');

    expect(demo.code).toBe(0);
    expect(demo.stdout.match(/-?\d\.\d\d ± 0\.\d\d/g)).toHaveLength(3);
    expect(demo.stdout).toMatch(
      /POST \/v1\/test-sessions\/:\w+\/responses \(server, aiq-backend\)/,
    );
    expect(demo.stdout).toMatch(/─ .*\(client, aiq-backend\)/);
    const [, told] = /the client got 500 with trace ([0-9a-f]{32})/.exec(demo.stdout) ?? [];
    const { console } = platform.addresses;
    const answer = await fetch(`${console}/api/errors?traceId=${told}`);
    const [error, ...others] = errorsSchema.parse(await answer.json()).errors;
    expect(others).toEqual([]);

    // The event leads to its trace, whose failed span leads to the event.
    const found = await fetch(`${console}/api/errors/${error?.eventId}`);
    const { contexts } = eventSchema.parse(await found.json()).event;
    const trace = await eventually(
      async () => {
        const text = await (await fetch(contexts.links.trace_url)).text();
        return text.includes('POST /v1/admin/diagnostics/error') && text;
      },
      { timeoutMs: 15_000, message: `the trace at ${contexts.links.trace_url}` },
    );
    expect(trace).toContain(`${error?.eventId}`);
  });
});

describe('npx pnpm@12 generate', () => {
  const generate = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runProgram('npx', ['--yes', 'pnpm@12', 'generate', ...args], {
      cwd: repositoryRoot,
      env: {
        ...systemEnvironment(),
        ...platform.environment.environment,
        DATABASE_URL: platform.environment.databaseUrls.question_service,
        ...environment,
      },
      timeoutMs: 120_000,
    });

  test('stores at least 900 of 1000, and nothing of the same seed again, saying why', async () => {
    const args = ['--count', '1000', '--seed', '7', '--json'];
    const first = summarySchema.parse(JSON.parse((await generate(args)).stdout));
    const again = await generate(['--count', '1000', '--seed', '7']);
    const second = summarySchema.parse(JSON.parse((await generate(args)).stdout));

    expect(first).toMatchObject({ requested: 1000, seed: 7, state: 'succeeded' });
    // The bank was filled before with other seeds: what it had already counts as a duplicate.
    expect(first.inserted + first.duplicates.exact).toBeGreaterThanOrEqual(900);
    expect(second).toMatchObject({ requested: 1000, inserted: 0 });
    expect(second.duplicates.exact).toBe(first.inserted + first.duplicates.exact);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/stored\s+0/);
    expect(again.stdout).toMatch(/duplicate/i);
  });

  test.for([
    { args: ['--count', '0'], code: 3, says: /count.*0/ },
    { args: ['--count', '-1'], code: 3, says: /-1/ },
    { args: ['--count', '1e9'], code: 3, says: /1e9/ },
    { args: ['--types', 'riddles'], code: 3, says: /riddles/ },
    { args: ['--wrong'], code: 3, says: /--wrong/ },
  ])('answers $args with exit code $code, naming what came', async ({ args, code, says }) => {
    const result = await generate(args);

    expect(result.code).toBe(code);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test('answers an unreachable database with exit code 4, naming it without its password', async () => {
    const port = await freePort();
    const url = `postgresql://someone:hidden-word@127.0.0.1:${port}/aiq`;
    const result = await generate(['--count', '1'], { DATABASE_URL: url });

    expect(result.code).toBe(4);
    expect(result.stderr).toContain(`127.0.0.1:${port}`);
    expect(result.stderr).not.toContain('hidden-word');
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});

const summarySchema = z.looseObject({
  seed: z.number(),
  state: z.string(),
  requested: z.number(),
  inserted: z.number(),
  duplicates: z.object({ exact: z.number(), semantic: z.number() }),
});
const inventorySchema = z.looseObject({
  strata: z.array(z.looseObject({ active: z.number() })),
});
const errorsSchema = z.looseObject({
  errors: z.array(z.looseObject({ traceId: z.string(), eventId: z.string() })),
});
const eventSchema = z.looseObject({
  event: z.looseObject({
    contexts: z.looseObject({ links: z.object({ trace_url: z.url() }) }),
  }),
});

describe('the end', () => {
  test('comes for everything when only npx is told to stop, though npx does not pass it on', async () => {
    const pids = [...platform.pids().map(({ pid }) => pid), platform.environment.pid];
    expect(pids.every(isAlive)).toBe(true);

    process.kill(platform.program.pid, 'SIGTERM');

    await eventually(() => !pids.some(isAlive), { timeoutMs: 20_000, message: 'all ended' });
    const postgres = await fetch(`http://${platform.addresses.postgres}`).catch((error) => error);
    expect(String((postgres as Error).cause)).toMatch(/ECONNREFUSED/);
  });
});
