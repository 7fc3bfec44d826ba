import { spawnSync } from 'node:child_process';
import { builtToolPath, inContinuousIntegration } from './system.config.ts';

/**
 * Whether a program of the system is here. Where it is not, its tests are skipped and say what to run;
 * in continuous integration they run all the same and fail.
 */
export function hasSystemTool(name: string): boolean {
  return isThere(name, 'scripts/system-tools.sh debian') || inContinuousIntegration();
}

/** A program that `scripts/system-tools.sh` builds, by the variable that says where it is; the same rule. */
export function findBuiltTool(variable: 'PROMETHEUS_BIN' | 'OTELCOL_BIN') {
  const path = builtToolPath(variable);
  const found = isThere(path ?? `$${variable}`, 'eval "$(scripts/system-tools.sh)"');
  return {
    isExpected: found || inContinuousIntegration(),
    /** @throws {Error} Where it is not there. */
    path(): string {
      if (found && path !== undefined) return path;
      throw new Error(
        `${variable} names no program that runs (try: eval "$(scripts/system-tools.sh)")`,
      );
    },
  };
}

function isThere(command: string, install: string): boolean {
  const found = spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) console.warn(`SKIP tests that need ${command}: it is not there (try: ${install})`);
  return found;
}
