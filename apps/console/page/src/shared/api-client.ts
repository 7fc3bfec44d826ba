import type { ProblemAnswer } from '../../../src/api/contract/shared.ts';
import { type Patch, pathWith } from './search-params.ts';

/** A request that the console refused or did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** The problem's stable code; `unreachable` where there was no answer. */
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

const timeoutMs = 20_000;

/**
 * Asks the console that served this page; both are built from the same commit, so the contract's types hold.
 *
 * @throws {ApiError}
 */
export async function fetchAnswer<T>(path: string, query: Patch, signal: AbortSignal): Promise<T> {
  const response = await ask(pathWith(path, query), signal);
  if (response.ok) return (await response.json()) as T;
  throw await toError(response);
}

async function ask(path: string, signal: AbortSignal): Promise<Response> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await fetch(path, { headers: { accept: 'application/json' }, signal: limited });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError(0, 'unreachable', 'The console does not answer.', { cause });
  }
}

async function toError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemAnswer>;
  const wrong = problem.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const detail = problem.detail ?? `The console answered ${response.status}.`;
  return new ApiError(
    response.status,
    problem.code ?? 'unknown',
    wrong ? `${detail} ${wrong}` : detail,
  );
}
