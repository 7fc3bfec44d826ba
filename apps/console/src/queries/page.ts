import { Problem } from '../http/problem.ts';

/** Where an item stands in a list: by rank, the largest first, and of equal ranks by id. */
export interface Position {
  readonly rank: number;
  readonly id: string;
}

export interface Page<Item> {
  readonly items: Item[];
  /** All that there were, also before and after this page. */
  readonly total: number;
  readonly nextCursor: string | null;
}

interface Placed<Item> extends Position {
  readonly item: Item;
}

/**
 * The page after a cursor. A cursor names the last item that was seen, so new items move no page.
 * Never holds more than twice the limit: of 100,000 items few are looked at twice.
 *
 * @throws {Problem} validation_failed for a cursor that is none of ours.
 */
export function pageOf<Item>(
  items: Iterable<Item>,
  options: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly positionOf: (item: Item) => Position;
  },
): Page<Item> {
  const after = options.cursor === undefined ? undefined : parseCursor(options.cursor);
  let first: Placed<Item>[] = [];
  let total = 0;
  let remaining = 0;
  for (const item of items) {
    total += 1;
    const placed = { ...options.positionOf(item), item };
    if (after !== undefined && !isBefore(after, placed)) continue;
    remaining += 1;
    first.push(placed);
    if (first.length >= 2 * options.limit) first = firstOf(first, options.limit);
  }
  first = firstOf(first, options.limit);
  const last = first.at(-1);
  return {
    items: first.map(({ item }) => item),
    total,
    nextCursor: remaining > first.length && last !== undefined ? formatCursor(last) : null,
  };
}

function isBefore(a: Position, b: Position): boolean {
  return a.rank === b.rank ? a.id > b.id : a.rank > b.rank;
}

function firstOf<Item>(placed: Placed<Item>[], limit: number): Placed<Item>[] {
  return placed.sort((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, limit);
}

function formatCursor({ rank, id }: Position): string {
  return Buffer.from(JSON.stringify([rank, id])).toString('base64url');
}

function parseCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value)) {
      const [rank, id] = value;
      if (typeof rank === 'number' && typeof id === 'string') return { rank, id };
    }
  } catch {
    // No JSON: answered below as any other cursor that we did not make.
  }
  throw new Problem(400, 'validation_failed', {
    detail: 'The request has parameters that are not allowed.',
    errors: [{ path: 'cursor', message: 'expected the nextCursor of an answer' }],
  });
}
