// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpolate } from '../src/interpolation.ts';

describe('interpolate', () => {
  test.for([
    ['${HOST}', 'h'],
    ['http://${HOST}:${PORT:80}/x', 'http://h:80/x'],
    ['${ABSENT:http://a:1/b}', 'http://a:1/b'],
    ['${ABSENT:}', ''],
    ['${EMPTY:default}', 'default'],
    ['$${HOST}', '${HOST}'],
    ['$HOST {HOST} $', '$HOST {HOST} $'],
    ['${NESTED}', '${HOST}'],
  ])('%s becomes %s', ([text, expected]) => {
    const environment = { HOST: 'h', EMPTY: '', NESTED: '${HOST}' };

    expect(interpolate(String(text), environment)).toMatchObject({ text: expected, faults: [] });
  });

  test.for(['${', '${HOST', '${}', '${1A}', '${ HOST }', '${a-b}'])(
    '%s is a fault, not a text',
    (text) => {
      expect(interpolate(text, { HOST: 'h' }).faults).toHaveLength(1);
    },
  );

  test('names every variable that is missing', () => {
    const { faults } = interpolate('${A}-${B}-${C:c}', { B: '' });

    expect(faults.map((fault) => fault.variable)).toEqual(['A', 'B']);
  });

  test('names inherited from Object are not variables', () => {
    expect(interpolate('${toString}', {}).faults).toHaveLength(1);
  });

  test('text without a dollar sign is never changed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('$', '');

        expect(interpolate(plain, {})).toEqual({ text: plain, faults: [] });
      }),
    );
  });

  test('gives the text of a variable as it is, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const result = interpolate('${A}', { A: value });

        expect(result).toEqual({ text: value, faults: [], only: 'A' });
      }),
    );
  });
});
