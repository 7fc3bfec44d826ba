import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@aiq/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutput } from './output.ts';
import { type Service, startService } from './service.ts';

let directory: string;
let lines: string[];
let service: Service | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aiq-service-'));
  mkdirSync(join(directory, 'src'));
  lines = [];
});
afterEach(async () => {
  await service?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function start(source: string): Service {
  writeFileSync(join(directory, 'src/server.ts'), source);
  service = startService(
    {
      name: 'sample',
      directory,
      args: ['src/server.ts'],
      environment: {},
      watched: [join(directory, 'src')],
      url: 'http://127.0.0.1:1',
    },
    createOutput({ write: (line) => lines.push(line), colour: false }),
    () => {},
  );
  return service;
}

const said = (text: string): Promise<unknown> =>
  eventually(() => lines.some((line) => line.includes(text)), { timeoutMs: 8_000, message: text });

test('a crash is told with its exit code, and an edit starts the service anew', async () => {
  const started = start('console.log("first"); process.exit(7);');
  await said('sample crashed (exit code 7)');
  expect(started.hasCrashed()).toBe(true);

  writeFileSync(
    join(directory, 'src/server.ts'),
    'console.log("second"); setInterval(() => {}, 9);',
  );

  await said('starts anew');
  await said('second');
  expect(started.hasCrashed()).toBe(false);
});

test('stopping sends SIGTERM, waits for the end, and reports no crash', async () => {
  const started = start(
    'console.log("up"); setInterval(() => {}, 9); process.on("SIGTERM", () => { console.log("down"); process.exit(0); });',
  );
  await said('up');

  await started.stop();

  await said('down');
  expect(lines.join('\n')).not.toContain('crashed');
});

test('a JSON log line is made readable under the name of its service', async () => {
  start(
    'console.log(JSON.stringify({ level: 30, time: 0, msg: "listening", url: "http://x" })); setInterval(() => {}, 9);',
  );

  await said('listening');

  expect(lines.find((line) => line.includes('listening'))).toMatch(
    /^sample .*INFO.*listening.*http:\/\/x/,
  );
});
