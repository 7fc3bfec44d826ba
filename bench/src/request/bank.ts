import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { migrate, roleUrl } from '@aiq/database/migrate';
import { startThrowawayPostgres } from '../postgres/throwaway-postgres.ts';
import { tell } from '../shared/progress.ts';

/** A bank of questions in a Postgres that is thrown away. */
export interface Bank {
  /** As the backend's own role. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Postgres, on the cores of this process, and lets question-service fill it. */
export async function startBank(): Promise<Bank> {
  const server = await startThrowawayPostgres();
  try {
    const adminUrl = server.url('aiq_bench');
    await migrate(adminUrl);
    tell('filling the bank');
    fill(roleUrl(adminUrl, 'question_service'));
    return { url: roleUrl(adminUrl, 'backend'), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function fill(url: string): void {
  const program = ['--import', './src/cli-instrument.ts', 'src/cli.ts'];
  const args = [...program, 'generate', '--count', '1800', '--seed', '7'];
  const result = spawnSync(process.execPath, args, {
    cwd: join(repositoryRoot, 'apps/question-service'),
    stdio: ['ignore', 'ignore', 'pipe'],
    env: childEnvironment({ DATABASE_URL: url, OTEL_SDK_DISABLED: 'true' }),
  });
  // 1 is "partial": duplicates were left out.
  if (result.status !== 0 && result.status !== 1) {
    throw new Error(`the bank could not be filled (${result.status}): ${result.stderr.toString()}`);
  }
}
