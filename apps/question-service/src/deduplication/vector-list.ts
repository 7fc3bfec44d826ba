/** The vector most like another. */
export interface Neighbour {
  /** Content hash of its question. */
  readonly of: string;
  readonly similarity: number;
}

/** Vectors of one model and one length. */
export interface VectorList {
  /** @throws {RangeError} When the vector has another length than those before it. */
  add(contentHash: string, vector: ArrayLike<number>): void;
  /**
   * The most similar vector, among those whose cosine similarity reaches the threshold; of equal ones
   * that with the smallest content hash.
   *
   * @throws {RangeError} When the vector has another length than those of the list.
   */
  nearest(vector: ArrayLike<number>, threshold: number): Neighbour | undefined;
  readonly size: number;
}

/** Vectors of a block: large enough that there are few, small enough that the last one wastes little. */
const blockSize = 1_024;

/** Numbers at the beginning of a vector that rule most others out. */
const headLength = 64;

/**
 * Creates a list of unit vectors in blocks of 32-bit numbers: 4 bytes a number, and nothing is copied as it
 * grows.
 *
 * Most vectors are ruled out by their first numbers alone: what the others can add to the cosine is at most
 * the product of their lengths (Cauchy-Schwarz). The result is that of a full comparison.
 */
export function createVectorList(): VectorList {
  const blocks: Block[] = [];
  const owners: string[] = [];
  let dimensions: number | undefined;

  function toUnit(vector: ArrayLike<number>): Float32Array {
    if (vector.length !== dimensions) {
      throw new RangeError(`expected a vector of ${dimensions} numbers, got ${vector.length}`);
    }
    const unit = Float32Array.from(vector);
    const length = lengthOf(unit, 0);
    return length === 0 ? unit : unit.map((value) => value / length);
  }

  return {
    add(contentHash, vector) {
      dimensions ??= vector.length;
      const unit = toUnit(vector);
      const at = owners.length % blockSize;
      if (at === 0) blocks.push(createBlock(dimensions));
      const block = blocks.at(-1) as Block;
      block.heads.set(unit.subarray(0, block.head), at * block.head);
      block.tails.set(unit.subarray(block.head), at * block.tail);
      block.tailLengths[at] = lengthOf(unit, block.head);
      owners.push(contentHash);
    },

    nearest(vector, threshold) {
      if (dimensions === undefined) return undefined;
      const unit = toUnit(vector);
      let best: Neighbour | undefined;
      blocks.forEach((block, number) => {
        const first = number * blockSize;
        const count = Math.min(blockSize, owners.length - first);
        searchBlock(block, { unit, count, floor: best?.similarity ?? threshold }, (at, found) => {
          const of = owners[first + at] as string;
          const similarity = Math.min(1, found);
          const isTie = best !== undefined && similarity === best.similarity;
          if (!isTie || of < (best as Neighbour).of) best = { of, similarity };
        });
      });
      return best;
    },

    get size() {
      return owners.length;
    },
  };
}

interface Block {
  readonly head: number;
  readonly tail: number;
  readonly heads: Float32Array;
  readonly tails: Float32Array;
  readonly tailLengths: Float64Array;
}

function createBlock(dimensions: number): Block {
  const head = Math.min(dimensions, headLength);
  const tail = dimensions - head;
  return {
    head,
    tail,
    heads: new Float32Array(head * blockSize),
    tails: new Float32Array(tail * blockSize),
    tailLengths: new Float64Array(blockSize),
  };
}

/** Rounding of 32-bit numbers must not rule out what a full comparison would find. */
const slack = 1e-6;

/** Tells every vector that is at least as similar as all before it. */
function searchBlock(
  { head, tail, heads, tails, tailLengths }: Block,
  search: { readonly unit: Float32Array; readonly count: number; readonly floor: number },
  onFound: (at: number, similarity: number) => void,
): void {
  const { unit, count } = search;
  const unitTail = unit.subarray(head);
  const unitTailLength = lengthOf(unit, head);
  let floor = search.floor;
  for (let at = 0; at < count; at += 1) {
    const partial = dotProduct(heads, at * head, unit, head);
    if (partial + unitTailLength * (tailLengths[at] as number) < floor - slack) continue;
    const similarity = partial + dotProduct(tails, at * tail, unitTail, tail);
    if (similarity < floor) continue;
    floor = Math.min(1, similarity);
    onFound(at, similarity);
  }
}

function dotProduct(flat: Float32Array, start: number, other: Float32Array, length: number) {
  let dot = 0;
  for (let at = 0; at < length; at += 1)
    dot += (flat[start + at] as number) * (other[at] as number);
  return dot;
}

function lengthOf(vector: Float32Array, from: number): number {
  let square = 0;
  for (let at = from; at < vector.length; at += 1) square += (vector[at] as number) ** 2;
  return Math.sqrt(square);
}
