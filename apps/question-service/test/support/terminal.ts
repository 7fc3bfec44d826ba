import type { Terminal } from '../../src/commands/terminal.ts';

/** A terminal that keeps what is written to it. */
export function createTerminal(options: { isTTY?: boolean; stop?: AbortSignal } = {}) {
  const { isTTY = false, stop = new AbortController().signal } = options;
  const output = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof output) => ({
    isTTY,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    on: () => {},
    removeListener: () => {},
    write: (text: unknown) => {
      output[name] += String(text);
      return true;
    },
  });
  const terminal: Terminal = { stdout: writer('stdout'), stderr: writer('stderr'), stop };
  return { terminal, output };
}
