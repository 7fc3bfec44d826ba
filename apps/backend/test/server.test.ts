import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { childEnvironment } from '@aiq/config';
import { testDatabase } from '@aiq/database/testing';
import { eventually } from '@aiq/testing';
import { afterEach, beforeAll, expect, test } from 'vitest';

const root = new URL('..', import.meta.url);
const running = new Set<ChildProcess>();
let databaseUrl: string;

beforeAll(async () => {
  databaseUrl = (await testDatabase()).url('backend');
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

test('answers requests, and ends with 143 after SIGTERM', async () => {
  const server = start({ DATABASE_URL: databaseUrl, BACKEND_PORT: '0' });
  const url = await server.listening();
  const ready = await fetch(`${url}/health/ready`);

  server.child.kill('SIGTERM');

  const { code } = await server.ended();
  expect(ready.status).toBe(200);
  expect(code).toBe(143);
});

test('answers a request whose head had arrived when SIGTERM came', async () => {
  const server = start({ DATABASE_URL: databaseUrl, BACKEND_PORT: '0' });
  const { port } = new URL(await server.listening());
  const body = JSON.stringify({ email: 'late@example.org', password: 'long enough to be one' });
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /v1/auth/register HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
  );
  const [proceed] = await once(socket, 'data');

  server.child.kill('SIGTERM');
  socket.write(body);

  const [answer] = await once(socket, 'data');
  const { code } = await server.ended();
  expect(String(proceed)).toContain('100 Continue');
  expect(String(answer)).toContain('201 Created');
  expect(code).toBe(143);
});

test('is unready as soon as SIGTERM comes, and takes requests until the drain delay is over', async () => {
  const env = { DATABASE_URL: databaseUrl, BACKEND_PORT: '0', BACKEND_DRAIN_DELAY_MS: '1500' };
  const server = start(env);
  const url = await server.listening();
  const before = await fetch(`${url}/health/ready`);

  server.child.kill('SIGTERM');
  const ready = await eventually(async () => {
    const response = await fetch(`${url}/health/ready`);
    return response.status === 503 && response;
  });
  const login = await fetch(`${url}/v1/auth/login`, { method: 'POST' });
  const { code } = await server.ended();

  expect(before.status).toBe(200);
  expect(await ready.json()).toMatchObject({ status: 'stopping', checks: { database: 'ok' } });
  expect(login.status).toBe(400);
  expect(login.headers.get('connection')).toBe('close');
  expect(code).toBe(143);
});

test('ends with 1 and says so where its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };

  const server = start({ DATABASE_URL: databaseUrl, BACKEND_PORT: String(port) });
  const { code, stderr } = await server.ended();
  other.close();

  expect(code).toBe(1);
  expect(stderr).toContain(`port ${port} is taken`);
});

test('ends with 3 and names every problem where production is not configured', async () => {
  const server = start({ ENV: 'production', BACKEND_PORT: 'x' });

  const { code, stderr } = await server.ended();

  expect(code).toBe(3);
  expect(stderr).toContain('DATABASE_URL');
  expect(stderr).toContain('AUTH_TOKEN_SECRET');
  expect(stderr).toContain('BACKEND_PORT');
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('ends with 3 where telemetry is configured wrongly on a laptop', async () => {
  const server = start({ DATABASE_URL: databaseUrl, BACKEND_PORT: '0', SENTRY_DSN: 'no address' });

  const { code, stderr } = await server.ended();

  expect(code).toBe(3);
  expect(stderr).toContain('SENTRY_DSN');
  expect(stderr).not.toMatch(/^ {4}at /m);
});

function start(extra: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './src/instrument.ts', 'src/server.ts'], {
    cwd: root,
    env: childEnvironment({
      NODE_ENV: undefined,
      VITEST: undefined,
      OTEL_SDK_DISABLED: 'true',
      AUTH_TOKEN_SECRET: undefined,
      DATABASE_URL: undefined,
      ...extra,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');

  return {
    child,
    /** Waits for the line that tells the address. */
    async listening(): Promise<string> {
      for (;;) {
        const url = /"url":"([^"]+)"/.exec(stdout)?.[1];
        if (url !== undefined) return url;
        await Promise.race([once(child.stdout, 'data'), closed]);
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${stderr}`);
      }
    },
    async ended(): Promise<{ code: number | null; stderr: string }> {
      const [code] = await closed;
      return { code, stderr };
    },
  };
}
