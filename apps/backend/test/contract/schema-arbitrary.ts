import fc from 'fast-check';
import type { Schema } from './operations.ts';

/** Makes values that a JSON schema of the document lets in, as far as it says what it does. */
export function valuesOf(
  schema: Schema,
  resolve: (schema: Schema) => Schema,
): fc.Arbitrary<unknown> {
  const { type, enum: choices, const: constant, anyOf, oneOf, allOf } = resolve(schema);
  const of = (part: unknown) => valuesOf(part as Schema, resolve);
  if (constant !== undefined) return fc.constant(constant);
  if (Array.isArray(choices)) return fc.constantFrom(...choices);
  const branches = anyOf ?? oneOf;
  if (Array.isArray(branches)) return fc.oneof(...branches.map(of));
  if (Array.isArray(allOf)) {
    return fc.tuple(...allOf.map(of)).map((parts) => Object.assign({}, ...(parts as object[])));
  }
  if (Array.isArray(type)) {
    return fc.oneof(...type.map((one) => of({ ...resolve(schema), type: one })));
  }
  return simpleValues(resolve(schema), of);
}

function simpleValues(
  schema: Schema,
  of: (part: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 1_000_000 } = schema as { minimum?: number; maximum?: number };
  switch (schema['type']) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'string':
      return texts(schema);
    case 'array':
      return fc.array(of(schema['items'] ?? {}), { maxLength: 3 });
    case 'object':
      return objects(schema, of);
    default:
      return fc.jsonValue();
  }
}

function texts(schema: Schema): fc.Arbitrary<string> {
  const {
    format,
    pattern,
    minLength = 0,
    maxLength = 40,
  } = schema as {
    format?: string;
    pattern?: string;
    minLength?: number;
    maxLength?: number;
  };
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.uuid().map((name) => `${name}@example.org`);
  if (format === 'date-time') {
    const [min, max] = [new Date('2001-01-01T00:00:00Z'), new Date('2150-01-01T00:00:00Z')];
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) };
  if (pattern === undefined) return fc.string({ ...length, unit: 'grapheme' });
  const matches = new RegExp(pattern, 'u');
  // One that only forbids a few characters: to make such texts from it takes seconds.
  if (matches.test('any text')) {
    return fc.string({ ...length, unit: 'grapheme' }).filter((text) => matches.test(text));
  }
  return fc.stringMatching(matches);
}

function objects(
  schema: Schema,
  of: (part: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, unknown>;
    required?: string[];
    additionalProperties?: unknown;
  };
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [name, of(part)]),
  );
  const record = fc.record(known, { requiredKeys: required });
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return record;
  return fc.dictionary(fc.stringMatching(/^[a-z_]{1,10}$/), of(additionalProperties), {
    maxKeys: 3,
  });
}
