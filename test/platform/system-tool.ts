import { spawnSync } from 'node:child_process';
import { inContinuousIntegration } from './system.config.ts';

/**
 * Whether a program of the system is here. Where it is not, its tests are skipped and say what to install;
 * in continuous integration they run all the same and fail.
 */
export function hasSystemTool(name: string, install: string): boolean {
  const found = spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) console.warn(`SKIP tests that need ${name}: it is not installed (try: ${install})`);
  return found || inContinuousIntegration();
}
