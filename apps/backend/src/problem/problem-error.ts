import { type ProblemCode, problemCodes } from './problem-codes.ts';

/** One place of the request that is wrong: `body.email`, `querystring.limit`. */
export interface ProblemDetail {
  readonly path: string;
  readonly message: string;
}

export interface ProblemOptions extends ErrorOptions {
  /** For the client's developer: what was expected, what came, what to do next. */
  readonly detail?: string;
  readonly errors?: readonly ProblemDetail[];
  /** Further members of the body, such as the id of what is in the way. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that a client is told about: its code says which, and gives the status. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly statusCode: number;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(`[${code}] ${options.detail ?? problemCodes[code].title}`, options);
    this.code = code;
    this.statusCode = problemCodes[code].status;
    this.options = options;
  }
}
