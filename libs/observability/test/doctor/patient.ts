import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '@aiq/config';
import { onTestFinished } from 'vitest';
import { loadSettings } from '../../src/config/settings.ts';
import type { Patient } from '../../src/doctor/check.ts';

/** A service with these variables, in an empty folder. */
export function patient(
  variables: Record<string, string> = {},
  changes: Partial<Patient> = {},
): Patient {
  const environment = { PATH: childEnvironment({})['PATH'], ENV: 'development', ...variables };
  return {
    settings: loadSettings({ service: 'aiq-x', environment }),
    directory: '/nowhere',
    environment,
    timeoutMs: 2_000,
    nowMs: Date.now,
    firstProcess: 'init',
    ...changes,
  };
}

/** A folder that is removed with the test, with these files. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-doctor-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}
