const headerBytes = 20;

/**
 * Reads a one-dimensional `real[]` as Postgres's `array_send` writes it, several times cheaper than its text: a
 * header, then length and value of each number.
 */
export function parseRealArray(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector = new Float32Array(Math.max(0, (bytes.byteLength - headerBytes) / 8));
  for (let at = 0; at < vector.length; at += 1) {
    vector[at] = view.getFloat32(headerBytes + at * 8 + 4);
  }
  return vector;
}
