import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import type { DevDatabase } from './dependencies.ts';
import type { Output } from './output.ts';

/** Enough for adaptive tests without repeats: 18 strata times this. */
const questionsPerStratum = 100;

/** Brings each stratum to 100 questions with a generation run, where one has fewer. */
export async function fillBank(options: {
  database: DevDatabase;
  environment: Readonly<Record<string, string>>;
  output: Output;
  stop: AbortSignal;
}): Promise<void> {
  const { database, environment, output, stop } = options;
  if ((await database.countSmallestStratum()) >= questionsPerStratum) return;
  output.say(`Filling the question bank: ${questionsPerStratum} for each type and difficulty.`);
  const started = Date.now();
  const args = ['--import', './src/cli-instrument.ts', 'src/cli.ts', 'generate'];
  const child = spawn(process.execPath, [...args, '--fill', String(questionsPerStratum)], {
    cwd: join(repositoryRoot, 'apps/question-service'),
    env: childEnvironment({
      ...environment,
      LOG_LEVEL: 'warn',
      DATABASE_URL: database.urlFor('question_service'),
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  output.attach('fill', child.stdout);
  output.attach('fill', child.stderr);
  const onStop = (): boolean => child.kill('SIGTERM');
  stop.addEventListener('abort', onStop);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (exitCode) => resolve(exitCode));
  });
  stop.removeEventListener('abort', onStop);
  if (stop.aborted) return;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const count = await database.countQuestions();
  if (code === 0) output.say(`The bank holds ${count} questions (${seconds} s).`);
  else output.fail(`Filling the bank ended with exit code ${code}; it holds ${count} questions.`);
}
