/** What to append to an encoded message, and to which of the messages embedded in it. */
export interface Appendix {
  /** Encoded fields, in bytes. */
  readonly fields?: Uint8Array;
  /** By field number, then by the position among the messages of that field. */
  readonly embedded?: ReadonlyMap<number, ReadonlyMap<number, Appendix>>;
}

const wireVarint = 0;
const wireFixed64 = 1;
const wireBytes = 2;
const wireFixed32 = 5;

/**
 * An encoded protobuf message with fields appended at its end or inside of it: the order of fields is free,
 * so appending is adding. All else stays as it was encoded, byte for byte, but for the lengths around it.
 *
 * @throws {RangeError} If the message is not well formed.
 */
export function appendToMessage(message: Uint8Array, appendix: Appendix): Uint8Array {
  const parts: Uint8Array[] = [];
  const seen = new Map<number, number>();
  let copied = 0;
  let position = 0;
  while (position < message.length) {
    const tag = readVarint(message, position);
    position = tag.end;
    const field = Math.floor(tag.value / 8);
    const wireType = tag.value % 8;
    if (wireType !== wireBytes) {
      position = skip(message, position, wireType);
      continue;
    }
    const length = readVarint(message, position);
    const end = length.end + length.value;
    if (end > message.length) throw new RangeError('a field is longer than its message');
    const occurrence = seen.get(field) ?? 0;
    seen.set(field, occurrence + 1);
    const inner = appendix.embedded?.get(field)?.get(occurrence);
    if (inner !== undefined) {
      const extended = appendToMessage(message.subarray(length.end, end), inner);
      parts.push(message.subarray(copied, position), toVarint(extended.length), extended);
      copied = end;
    }
    position = end;
  }
  parts.push(message.subarray(copied), appendix.fields ?? new Uint8Array());
  return Buffer.concat(parts);
}

/** A field of bytes, with its tag and length. */
export function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([toVarint(field * 8 + wireBytes), toVarint(bytes.length), bytes]);
}

/** A field of 8 bytes, little-endian: `fixed64` or `double`. */
export function fixed64Field(field: number, value: bigint | number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes[0] = field * 8 + wireFixed64;
  if (typeof value === 'bigint') bytes.writeBigUInt64LE(value, 1);
  else bytes.writeDoubleLE(value, 1);
  return bytes;
}

function skip(message: Uint8Array, position: number, wireType: number): number {
  if (wireType === wireVarint) return readVarint(message, position).end;
  if (wireType === wireFixed64) return position + 8;
  if (wireType === wireFixed32) return position + 4;
  throw new RangeError(`wire type ${wireType} is not of this encoding`);
}

/** Only tags and lengths are looked at: what is longer than 32 bits is some field's value, and skipped. */
function readVarint(message: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const byte = message[start + index];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  throw new RangeError('a number does not end');
}

function toVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
