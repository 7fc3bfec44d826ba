import type { Attributes, AttributeValue, Resource, Scope } from '../../store/model.ts';
import {
  type Fields,
  isLong,
  MalformedPayload,
  objectOf,
  objectsOf,
  textOf,
  toBigint,
  toFields,
} from './fields.ts';

const nestingMax = 32;

/** A list of key and value as an object; of a key that comes twice, the last value. */
export function attributesOf(fields: Fields, name: string, nesting = 0): Attributes {
  return Object.fromEntries(
    objectsOf(fields, name).map((pair) => [
      textOf(pair, 'key'),
      toAttributeValue(objectOf(pair, 'value'), nesting),
    ]),
  );
}

export function attributeValueOf(fields: Fields, name: string): AttributeValue {
  return toAttributeValue(objectOf(fields, name), 0);
}

export function resourceOf(fields: Fields): Resource {
  const attributes = attributesOf(objectOf(fields, 'resource') ?? {}, 'attributes');
  const service = attributes['service.name'];
  const instance = attributes['service.instance.id'];
  return {
    service: typeof service === 'string' && service !== '' ? service : 'unknown_service',
    instance: typeof instance === 'string' ? instance : null,
    attributes,
  };
}

export function scopeOf(fields: Fields): Scope {
  const scope = objectOf(fields, 'scope') ?? {};
  return { name: textOf(scope, 'name'), version: textOf(scope, 'version') };
}

function toAttributeValue(value: Fields | undefined, nesting: number): AttributeValue {
  if (value === undefined) return null;
  if (nesting > nestingMax) throw new MalformedPayload('attributes: nested too deeply');

  for (const kind of Object.keys(value)) {
    const content = value[kind];
    if (content === null || content === undefined) continue;
    const read = readers[kind];
    if (read !== undefined) return read(content, nesting + 1);
  }
  return null;
}

const readers: Readonly<Record<string, (content: unknown, nesting: number) => AttributeValue>> = {
  stringValue: (content) => textOf({ stringValue: content }, 'stringValue'),
  boolValue: (content) => content === true,
  intValue: toInteger,
  doubleValue: toDouble,
  arrayValue: (content, nesting) =>
    objectsOf(toFields(content, 'arrayValue'), 'values').map((element) =>
      toAttributeValue(element, nesting),
    ),
  kvlistValue: (content, nesting) =>
    attributesOf(toFields(content, 'kvlistValue'), 'values', nesting),
  // Bytes are kept as base64, the form they have in JSON.
  bytesValue: (content) =>
    content instanceof Uint8Array ? Buffer.from(content).toString('base64') : String(content),
};

/** A number where it is exact, else its digits. */
function toInteger(content: unknown): AttributeValue {
  if (typeof content === 'number') return content;
  if (!isLong(content) && !(typeof content === 'string' && /^-?\d{1,20}$/.test(content))) {
    throw new MalformedPayload('intValue: expected an integer');
  }
  const exact = isLong(content) ? toBigint(content) : BigInt(content);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact.toString();
}

/** JSON has no NaN and no infinities: they are kept as text. */
function toDouble(content: unknown): AttributeValue {
  if (typeof content === 'string') return content;
  if (typeof content !== 'number') throw new MalformedPayload('doubleValue: expected a number');
  return Number.isFinite(content) ? content : String(content);
}
