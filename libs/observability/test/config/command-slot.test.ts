import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, startProgram } from '@aiq/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandSlotsMax, takeCommandSlot } from '../../src/config/command-slot.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aiq-slots-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const take = (key = 'aiq-x') => takeCommandSlot(key, directory);

/** A process that holds a slot until it is killed. */
async function startHolder() {
  const source = `
    import { takeCommandSlot } from ${JSON.stringify(join(import.meta.dirname, '../../src/config/command-slot.ts'))};
    const slot = takeCommandSlot('aiq-x', ${JSON.stringify(directory)});
    process.stdout.write('slot ' + slot.index + '\\n');
    setInterval(() => {}, 1_000);`;
  const program = await startProgram('node', ['--input-type=module-typescript', '-e', source]);
  await program.waitForLine(/^slot/, { timeoutMs: 10_000 });
  return program;
}

test('commands one after the other take the same slot', () => {
  const first = take();
  first.release();
  const second = take();
  second.release();

  expect([first.index, second.index]).toEqual([0, 0]);
});

test('commands at once take different slots, and each key has its own row', () => {
  const slots = [take(), take(), take('aiq-y')];
  for (const slot of slots) slot.release();

  expect(slots.map(({ index }) => index)).toEqual([0, 1, 0]);
});

test('a command in excess has none, and neither waits nor fails', () => {
  const slots = Array.from({ length: commandSlotsMax }, () => take());
  const excess = take();
  for (const slot of slots) slot.release();

  expect(slots.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(excess.index).toBeUndefined();
  expect(() => excess.release()).not.toThrow();
});

test('a slot is another process’s as long as it lives, and free once it was killed', async () => {
  const holder = await startHolder();
  const beside = take();
  beside.release();
  await holder.stop('SIGKILL');
  const after = await eventually(
    () => {
      const slot = take();
      slot.release();
      return slot.index === 0 ? slot : undefined;
    },
    { timeoutMs: 5_000, message: 'the slot of the killed process' },
  );

  expect(holder.stdout).toContain('slot 0');
  expect(beside.index).toBe(1);
  expect(after.index).toBe(0);
});

test('a folder that cannot be made is no slot and no error', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');

  expect(takeCommandSlot('aiq-x', join(file, 'slots')).index).toBeUndefined();
});

test('any name of a service makes files that stay in the folder, empty and private', () => {
  const inner = join(directory, 'slots');
  const slot = takeCommandSlot(`../${'ä/'.repeat(300)}`, inner);
  slot.release();

  expect(slot.index).toBe(0);
  expect(readdirSync(directory)).toEqual(['slots']);
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  const sizes = readdirSync(inner).map((name) => statSync(join(inner, name)).size);
  expect(sizes).toEqual([0]);
});
