/** A value as OpenTelemetry knows them; whole numbers beyond 2^53 are given as text, bytes as base64. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Attributes as they are on the wire, in either encoding. */
export interface WireKeyValue {
  readonly key: string;
  readonly value?: WireAnyValue;
}

export interface WireAnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string | number;
  readonly doubleValue?: string | number;
  readonly arrayValue?: { readonly values?: readonly WireAnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly WireKeyValue[] };
  readonly bytesValue?: string | Uint8Array;
}

/** Turns key-value pairs of the wire into a plain object. */
export function toAttributes(pairs: readonly WireKeyValue[] = []): Attributes {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, toAttributeValue(value)]));
}

/** Turns a value of the wire into a plain one; an empty value is `null`. */
export function toAttributeValue(value: WireAnyValue | undefined): AttributeValue {
  if (!value) return null;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return toInteger(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(toAttributeValue);
  if (value.kvlistValue) return toAttributes(value.kvlistValue.values);
  if (value.bytesValue === undefined) return null;
  if (typeof value.bytesValue === 'string') return value.bytesValue;
  return Buffer.from(value.bytesValue).toString('base64');
}

/** Gives ids as lower-case hex: JSON carries them so, protobuf as bytes. */
export function toHexId(id: string | Uint8Array | undefined): string {
  if (id === undefined) return '';
  return typeof id === 'string' ? id.toLowerCase() : Buffer.from(id).toString('hex');
}

/** Gives the name of an enum value, in lower case; JSON carries it as a number or as `PREFIX_NAME`. */
export function toEnumName<const Names extends readonly string[]>(
  names: Names,
  value: number | string | undefined,
): Names[number] {
  if (typeof value === 'string') {
    const word = value.toLowerCase();
    return names.find((name) => word === name || word.endsWith(`_${name}`)) ?? word;
  }
  return names[value ?? 0] ?? String(value);
}

function toInteger(value: string | number): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
