import { ProblemError } from './problem/problem-error.ts';

/** Part of a list that goes on where another part ended. */
export interface Page<Element> {
  readonly elements: readonly Element[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
}

export interface PageRequest {
  /** From 1. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * Makes a page of rows that were read with one more than the limit: whether there is a next one is known, not
 * guessed from a full page.
 *
 * @param isKnown Asked where nothing follows a cursor: whether it names a row at all.
 * @throws {ProblemError} unknown_cursor
 */
export async function toPage<Element>(
  rows: readonly Element[],
  { limit, cursor }: PageRequest,
  options: {
    readonly idOf: (element: Element) => string;
    readonly isKnown: (cursor: string) => Promise<boolean>;
  },
): Promise<Page<Element>> {
  if (rows.length === 0 && cursor !== undefined && !(await options.isKnown(cursor))) {
    throw new ProblemError('unknown_cursor', {
      detail: 'Send the nextCursor of an earlier page of this list, or none for the first page.',
    });
  }
  const elements = rows.slice(0, limit);
  const last = elements.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { elements, nextCursor: more ? options.idOf(last) : null };
}
