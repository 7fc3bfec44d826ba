import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { withFileLock } from '../../src/embedded/file-lock.ts';

const module = fileURLToPath(new URL('../../src/embedded/file-lock.ts', import.meta.url));
const holder = `
  const { withFileLock } = await import(process.argv[1]);
  await withFileLock(process.argv[2], 1000, async () => {
    console.log('held');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
`;

function newLock(): string {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'lock');
}

test('one after the other has it, and it is given back after an error', async () => {
  const path = newLock();
  const order: string[] = [];
  const hold = (name: string) =>
    withFileLock(path, 10_000, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
      throw new Error(name);
    });

  const outcomes = await Promise.allSettled([hold('a'), hold('b')]);

  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('who waits gives up in time, and has it at once when the holder is killed', async () => {
  const path = newLock();
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, module, path]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');

  await expect(withFileLock(path, 100, async () => 'mine')).rejects.toMatchObject({
    code: 'embedded_postgres_failed',
    message: expect.stringContaining(path),
  });
  child.kill('SIGKILL');

  await expect(withFileLock(path, 10_000, async () => 'mine')).resolves.toBe('mine');
});
