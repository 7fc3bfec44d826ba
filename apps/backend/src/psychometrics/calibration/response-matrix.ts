/** One answer of one test taker. */
export interface TakerResponse {
  readonly itemId: string;
  readonly correct: boolean;
}

/** Responses as calibration reads them: each taker's items by index, in arrays without objects. */
export interface ResponseMatrix {
  /** Ids by index. */
  readonly itemIds: readonly string[];
  /** By item. */
  readonly responseCounts: Int32Array;
  readonly correctCounts: Int32Array;
  readonly takers: readonly TakerRow[];
}

export interface TakerRow {
  readonly items: Int32Array;
  /** 1 for a correct response, else 0, beside `items`. */
  readonly scores: Uint8Array;
}

/**
 * Gathers the responses of each taker; takers without any are left out. Items are in the order of their ids, so
 * that the same responses give the same matrix whatever their order.
 */
export function toResponseMatrix(takers: Iterable<readonly TakerResponse[]>): ResponseMatrix {
  const rows = [...takers].filter((responses) => responses.length > 0);
  const itemIds = [...new Set(rows.flatMap((row) => row.map(({ itemId }) => itemId)))].sort();
  const indexOf = new Map(itemIds.map((id, index) => [id, index]));
  const responseCounts = new Int32Array(itemIds.length);
  const correctCounts = new Int32Array(itemIds.length);
  for (const { itemId, correct } of rows.flat()) {
    const index = indexOf.get(itemId) as number;
    responseCounts[index] = (responseCounts[index] as number) + 1;
    if (correct) correctCounts[index] = (correctCounts[index] as number) + 1;
  }
  return {
    itemIds,
    responseCounts,
    correctCounts,
    takers: rows.map((row) => ({
      items: Int32Array.from(row, ({ itemId }) => indexOf.get(itemId) as number),
      scores: Uint8Array.from(row, ({ correct }) => (correct ? 1 : 0)),
    })),
  };
}
