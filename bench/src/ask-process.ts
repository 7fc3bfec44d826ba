import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts a program of ours, sends it one message and gives its answer: what is measured in a process of its own
 * is not mixed with what prepared it.
 *
 * @param options.preload Loaded before the program, as `node --import` does.
 * @throws When the program ended without an answer.
 */
export async function askProcess<Answer>(
  program: URL,
  message: object,
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly preload?: URL;
    readonly onProgress?: (line: string) => void;
  },
): Promise<Answer> {
  const { env, preload, onProgress } = options;
  const child = fork(fileURLToPath(program), {
    env,
    execArgv: preload ? ['--import', preload.href] : [],
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    child.on('message', (given: { readonly progress?: string; readonly answer?: Answer }) => {
      if (given.progress !== undefined) onProgress?.(given.progress);
      if (given.answer !== undefined) resolve(given.answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`expected ${program.pathname} to answer; it ended with ${code ?? signal}`));
    });
  });
  const ended = once(child, 'exit');
  child.send(message);
  const answer = await answered;
  await ended;
  return answer;
}

/** What a program started by `askProcess` does with its message; the process ends when that is done. */
export function answerParent<Message, Answer>(
  work: (message: Message, tell: (progress: string) => void) => Promise<Answer>,
): void {
  process.once('message', async (message: Message) => {
    try {
      const answer = await work(message, (progress) => process.send?.({ progress }));
      process.send?.({ answer });
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    } finally {
      process.disconnect?.();
    }
  });
}
