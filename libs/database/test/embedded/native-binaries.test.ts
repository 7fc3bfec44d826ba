import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findNativeBinaries } from '../../src/embedded/native-binaries.ts';
import { serverAccount } from '../../src/embedded/server-account.ts';
import { reachableBinaries } from '../../src/embedded/staging.ts';

test('a platform without binaries is told what to do instead', async () => {
  await expect(findNativeBinaries('win32', 'x64')).rejects.toMatchObject({
    code: 'embedded_postgres_unavailable',
    message: expect.stringMatching(/win32-x64 is not installed.*DATABASE_URL.*docker compose up/s),
  });
});

test('binaries that the account of the server reaches are used where they are', async () => {
  const installed = await findNativeBinaries();

  expect(reachableBinaries(installed, {})).toBe(installed);
});

test.skipIf(process.getuid?.() !== 0)(
  'binaries in a home that is closed to others can be executed by the account of the server',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'aiq-home-'));
    const installed = join(home, 'native');
    mkdirSync(join(installed, 'bin'), { recursive: true });
    writeFileSync(join(installed, 'bin', 'postgres'), '#!/bin/sh\necho ran\n', { mode: 0o755 });
    symlinkSync('postgres', join(installed, 'bin', 'link'));
    chmodSync(home, 0o700);

    const staged = reachableBinaries(installed, serverAccount());
    onTestFinished(() => {
      for (const path of [home, dirname(staged)]) rmSync(path, { recursive: true });
    });
    const { stdout } = spawnSync(join(staged, 'bin', 'link'), { ...serverAccount(), cwd: '/' });

    expect(staged).not.toBe(installed);
    expect(String(stdout)).toBe('ran\n');
    expect(reachableBinaries(installed, serverAccount())).toBe(staged);
  },
);
