import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runProgram, startProgram } from '@aiq/testing';
import { expect, test } from 'vitest';

const server = join(import.meta.dirname, '../src/server.ts');

test('says where it listens and ends at once on SIGTERM, though clients hold connections', async () => {
  await using program = await startProgram('node', [server], { env: { CONSOLE_PORT: '0' } });
  const [line] = await program.waitForLine(/.*"listening".*/);
  const { level, msg, url } = JSON.parse(line);

  const response = await fetch(`${url}/health/live`);
  const startedAt = performance.now();
  const { code } = await program.stop('SIGTERM');

  expect({ level, msg }).toEqual({ level: 30, msg: 'listening' });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(response.status).toBe(200);
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

test('a taken port is told with what to do, and exit code 1', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };

  const { code, stdout } = await runProgram('node', [server], {
    env: { CONSOLE_PORT: String(port) },
  });
  taken.close();

  expect(code).toBe(1);
  expect(stdout).toContain(`port ${port} of 127.0.0.1 is taken`);
  expect(stdout).toContain('CONSOLE_PORT');
});

test('a setting that cannot be is told by its name, and exit code 1', async () => {
  const { code, stdout } = await runProgram('node', [server], {
    env: { CONSOLE_PORT: 'http', CONSOLE_SPANS_MAX: '0' },
  });

  expect(code).toBe(1);
  expect(stdout).toContain('CONSOLE_PORT');
  expect(stdout).toContain('CONSOLE_SPANS_MAX');
});
