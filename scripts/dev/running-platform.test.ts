import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutput } from './output.ts';
import { isAlive } from './processes.ts';
import { endLeftovers, runningPlatform } from './running-platform.ts';
import { createState } from './state.ts';

/** Above every process id that Linux gives. */
const noSuchProcess = 2 ** 22 + 1;

let directory: string;
const lines: string[] = [];
const output = createOutput({ write: (line) => lines.push(line), colour: false });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aiq-state-'));
  lines.length = 0;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A process that runs a file of this name until it is ended. */
async function startProgram(file: string): Promise<number> {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'console.log("up"); setInterval(() => {}, 1000);');
  const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid as number;
}

test('a state whose process lives is a running platform, with its addresses', async () => {
  const pid = await startProgram('dev.ts');
  const state = createState(directory);
  const addresses = { backend: 'b', questionService: 'q', console: 'c', postgres: 'p' };
  state.writeProcesses({ pid, children: [] });
  state.writeAddresses(addresses);

  const running = runningPlatform(state);
  process.kill(pid, 'SIGKILL');

  expect(running).toEqual({ pid, addresses });
});

test('a process id that another program was given since is no platform', () => {
  const state = createState(directory);
  state.writeProcesses({ pid: process.ppid, children: [] });

  expect(runningPlatform(state)).toBeUndefined();
});

test('services that a killed platform left behind are ended and named', async () => {
  const pid = await startProgram('src/server.ts');
  const state = createState(directory);
  state.writeProcesses({ pid: noSuchProcess, children: [{ name: 'backend', pid }] });

  await endLeftovers(state, output);

  expect(isAlive(pid)).toBe(false);
  expect(lines).toEqual([expect.stringContaining('backend')]);
});

test('a process that is no service of ours is left alone', async () => {
  const pid = await startProgram('other.ts');
  const state = createState(directory);
  state.writeProcesses({ pid: noSuchProcess, children: [{ name: 'backend', pid }] });

  await endLeftovers(state, output);

  expect(isAlive(pid)).toBe(true);
  expect(lines).toEqual([]);
  process.kill(pid, 'SIGKILL');
});

test('a state file cut short reads as absent', () => {
  const state = createState(directory);
  writeFileSync(join(directory, 'processes.json'), '{"pid": 1');

  expect(state.readProcesses()).toBeUndefined();
});
