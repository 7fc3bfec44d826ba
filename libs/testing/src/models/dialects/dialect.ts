import type { ModelFault } from '../model-answer.ts';
import type { HttpAnswer, ReadCall, ReplyContent } from '../model-call.ts';

/** The HTTP format of one provider. */
export interface Dialect {
  /** What its clients are given as base URL, below that of the server. */
  readonly basePath: string;
  /** Where its key stands. */
  readonly keyHeader: string;
  /**
   * Reads a request.
   *
   * @param path Below `basePath`.
   * @throws {Error} Where it is not in the provider's format.
   */
  read(path: string, body: unknown): ReadCall;
  reply(call: ReadCall, content: ReplyContent): HttpAnswer;
  /** Absent where the provider has no embeddings. */
  vectors?(call: ReadCall, vectors: readonly (readonly number[])[]): HttpAnswer;
  /** How the provider says it: its status, its error body. */
  refuse(fault: ModelFault, options: Refusal): HttpAnswer;
}

export interface Refusal {
  readonly retryAfterSeconds?: number | undefined;
  /** In the place of the provider's usual words. */
  readonly message?: string | undefined;
}

/** `Retry-After`, where a time was given. */
export function retryAfter({ retryAfterSeconds }: Refusal): Readonly<Record<string, string>> {
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
}
