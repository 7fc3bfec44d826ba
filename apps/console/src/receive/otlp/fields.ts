/**
 * Reading of OTLP objects, decoded from protobuf or parsed from JSON: both have the same field
 * names and differ in how they write integers of 64 bits, ids, enums and bytes.
 *
 * @module
 */

export type Fields = Readonly<Record<string, unknown>>;

/** The payload is not what its message type says. The whole request is refused. */
export class MalformedPayload extends Error {
  override readonly name = 'MalformedPayload';
  readonly code = 'malformed_payload';
}

/** A field that was sent: messages from protobuf answer defaults for the others. JSON's null is "not sent" too. */
export function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;
}

export function toFields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedPayload(`${name}: expected an object`);
  }
  return value as Fields;
}

export function objectOf(fields: Fields, name: string): Fields | undefined {
  const value = fieldOf(fields, name);
  return value === undefined ? undefined : toFields(value, name);
}

export function arrayOf(fields: Fields, name: string): readonly unknown[] {
  const value = fieldOf(fields, name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new MalformedPayload(`${name}: expected an array`);
  return value;
}

export function objectsOf(fields: Fields, name: string): Fields[] {
  return arrayOf(fields, name).map((element) => toFields(element, name));
}

export function textOf(fields: Fields, name: string): string {
  const value = fieldOf(fields, name);
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new MalformedPayload(`${name}: expected a string`);
  // Half a surrogate pair has no form in a URL.
  return value.toWellFormed();
}

export function booleanOf(fields: Fields, name: string): boolean {
  const value = fieldOf(fields, name);
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new MalformedPayload(`${name}: expected true or false`);
  return value;
}

/** 0 where absent: the default of proto3. */
export function numberOf(fields: Fields, name: string): number {
  return optionalNumberOf(fields, name) ?? 0;
}

export function optionalNumberOf(fields: Fields, name: string): number | null {
  const value = fieldOf(fields, name);
  return value === undefined ? null : toNumber(value, name);
}

export function numbersOf(fields: Fields, name: string): number[] {
  return arrayOf(fields, name).map((element) => toNumber(element, name));
}

/** Integers of 64 bits: text in JSON, a pair of 32-bit halves from protobuf. */
export function bigintOf(fields: Fields, name: string): bigint {
  const value = fieldOf(fields, name);
  if (value === undefined) return 0n;
  if (isLong(value)) return toBigint(value);
  if (typeof value === 'number' && Number.isSafeInteger(Math.trunc(value))) {
    return BigInt(Math.trunc(value));
  }
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  throw new MalformedPayload(`${name}: expected an integer`);
}

/** Nanoseconds since the epoch, as an unsigned integer of 64 bits. */
export function nanosOf(fields: Fields, name: string): bigint {
  const nanos = bigintOf(fields, name);
  if (nanos < 0n || nanos >= 2n ** 64n) throw new MalformedPayload(`${name}: out of range`);
  return nanos;
}

/**
 * Trace and span ids: bytes in protobuf, hexadecimal in JSON.
 *
 * @returns lowercase hexadecimal; null where absent, of another length or all zero.
 */
export function idOf(fields: Fields, name: string, bytes: 8 | 16): string | null {
  const value = fieldOf(fields, name);
  if (value === undefined || value === '') return null;
  const text = value instanceof Uint8Array ? hexOf(value) : value;
  if (typeof text !== 'string') throw new MalformedPayload(`${name}: expected hexadecimal text`);
  if (text.length !== 2 * bytes || !/^[0-9a-f]+$/i.test(text) || /^0+$/.test(text)) return null;
  return text.toLowerCase();
}

/** Enums by number or, in JSON, by the name of the value: prefix and upper-case name. */
export function enumOf<Name extends string>(
  fields: Fields,
  name: string,
  values: { prefix: string; names: readonly [Name, ...Name[]] },
): Name {
  const value = fieldOf(fields, name);
  const unspecified = values.names[0];
  if (value === undefined) return unspecified;
  if (typeof value === 'number') return values.names[value] ?? unspecified;
  if (typeof value === 'string') {
    const known = values.names.find(
      (candidate) => `${values.prefix}${candidate.toUpperCase()}` === value,
    );
    if (known !== undefined) return known;
  }
  throw new MalformedPayload(`${name}: not a value of its enum`);
}

export function toNumber(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  if (isLong(value)) return Number(toBigint(value));
  if (typeof value === 'string') {
    if (value === 'NaN') return Number.NaN;
    const number = Number(value);
    if (value.trim() !== '' && !Number.isNaN(number)) return number;
  }
  throw new MalformedPayload(`${name}: expected a number`);
}

interface Long {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

export function isLong(value: unknown): value is Long {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value;
}

export function toBigint({ low, high, unsigned }: Long): bigint {
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned ? bits : BigInt.asIntN(64, bits);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
