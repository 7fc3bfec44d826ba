import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { coerce, parseTree } from '../src/coercion.ts';
import { emptyMap, variableNode } from '../src/config-tree.ts';

function parse(schema: z.ZodType, text: string): unknown {
  const root = emptyMap({ source: 'environment' });
  const entries = new Map([['x', variableNode('X', text)]]);
  const result = parseTree(z.strictObject({ x: schema }), { ...root, entries });
  return result.success ? result.value['x'] : 'refused';
}

describe('coerce', () => {
  test.for(['', ' ', 'abc', '1a', '0x10', '1_000', '1,5', 'NaN', 'Infinity', '1e999', '--1', '.'])(
    '"%s" is no number',
    (text) => {
      expect(coerce(text, 'number')).toBeUndefined();
    },
  );

  test.for([
    ['0', 0],
    ['-0.5', -0.5],
    ['1e3', 1000],
    [' 8000 ', 8000],
    ['.5', 0.5],
  ] as const)('"%s" is the number %s', ([text, value]) => {
    expect(coerce(text, 'number')).toBe(value);
  });

  test.for(['', 'abc', 'truee', '2', 'null', 'y'])('"%s" is no boolean', (text) => {
    expect(coerce(text, 'boolean')).toBeUndefined();
  });

  test('finite numbers survive the way through text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(coerce(String(value), 'number')).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test('text is either refused or read as JavaScript reads it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = coerce(text, 'number');

        expect([undefined, Number(text)]).toContain(value);
      }),
    );
  });
});

describe('parseTree', () => {
  test.for([
    ['a text stays text', z.string(), '8000', '8000'],
    ['text or number stays text', z.union([z.string(), z.number()]), '5', '5'],
    ['a number behind optional, default and refinement', z.number().min(1).default(3), '2', 2],
    ['a whole number', z.int(), '2', 2],
    ['a whole number refuses a fraction', z.int(), '2.5', 'refused'],
    ['a number or a word: the number', z.union([z.number(), z.literal('off')]), '7', 7],
    ['a number or a word: the word', z.union([z.number(), z.literal('off')]), 'off', 'off'],
    ['a number or a word: junk', z.union([z.number(), z.literal('off')]), 'offf', 'refused'],
    ['a literal number', z.literal([1, 2]), '2', 2],
    ['a literal boolean', z.literal(true), 'yes', true],
    ['a boolean', z.boolean(), 'OFF', false],
    ['a number through a transformation', z.number().transform((n) => n * 2), '4', 8],
    ['junk for a number', z.number(), 'abc', 'refused'],
  ] as const)('%s', ([, schema, text, expected]) => {
    expect(parse(schema, text)).toBe(expected);
  });

  test('a discriminator that is a boolean may come as text', () => {
    const schema = z.discriminatedUnion('x', [
      z.strictObject({ x: z.literal(true) }),
      z.strictObject({ x: z.literal(false) }),
    ]);
    const entries = new Map([['x', variableNode('X', 'true')]]);
    const result = parseTree(schema, { ...emptyMap({ source: 'environment' }), entries });

    expect(result).toEqual({ success: true, value: { x: true } });
  });
});
