/** How a program came to its end. */
export interface ProgramResult {
  /** Exit code; `null` when a signal ended the program. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface ProgramOptions {
  /** @default the working directory of the tests */
  readonly cwd?: string;
  /** All variables of the program, besides those of `host`. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Variables under `env`. @default PATH, HOME and TMPDIR of the tests */
  readonly host?: Readonly<Record<string, string>>;
  /** Text for standard input, which is then closed. @default standard input is empty */
  readonly input?: string;
}

/** A program that runs. Disposing it kills its whole process group. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** What was written so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Settles when the program has ended, however it did; never rejects. */
  readonly ended: Promise<ProgramResult>;
  /**
   * Gives the first line of standard output or error that matches, past or future.
   *
   * @throws {Error} With the output when the program ends or `timeoutMs` (default 15 000) pass first.
   */
  waitForLine(pattern: RegExp, options?: { readonly timeoutMs?: number }): Promise<RegExpExecArray>;
  /**
   * Sends the program (not its children) a signal, SIGTERM by default, and waits for its end.
   * After `timeoutMs` (default 10 000) the whole group is killed.
   */
  stop(signal?: NodeJS.Signals, options?: { readonly timeoutMs?: number }): Promise<ProgramResult>;
}
