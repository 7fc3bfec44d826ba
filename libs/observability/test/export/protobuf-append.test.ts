import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Appendix,
  appendToMessage,
  bytesField,
  fixed64Field,
} from '../../src/export/protobuf-append.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const at = (field: number, position: number, appendix: Appendix): Appendix => ({
  embedded: new Map([[field, new Map([[position, appendix]])]]),
});
const read = (message: Uint8Array) => [...message];

describe('appending to an encoded message', () => {
  test('adds fields at its end', () => {
    expect(read(appendToMessage(bytes(0x08, 0x01), { fields: bytes(0x10, 0x02) }))).toEqual([
      0x08, 0x01, 0x10, 0x02,
    ]);
  });

  test('reaches the second of the embedded messages and rewrites its length alone', () => {
    const message = bytes(0x0a, 1, 0xff, 0x12, 2, 8, 1, 0x0a, 2, 8, 7, 0x0a, 0, 0x18, 0x96, 0x01);
    expect(read(appendToMessage(message, at(1, 1, { fields: bytes(0x10, 5) })))).toEqual([
      0x0a, 1, 0xff, 0x12, 2, 8, 1, 0x0a, 4, 8, 7, 0x10, 5, 0x0a, 0, 0x18, 0x96, 0x01,
    ]);
  });

  test('passes over numbers of every size', () => {
    const message = Buffer.concat([
      fixed64Field(2, 0xffffffffffffffffn),
      bytes(0x1d, 1, 2, 3, 4),
      bytes(0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
      bytesField(1, bytes(8, 1)),
    ]);
    const extended = appendToMessage(message, at(1, 0, { fields: bytes(0x10, 2) }));
    expect(read(extended.subarray(-6))).toEqual([0x0a, 4, 8, 1, 0x10, 2]);
    expect(extended).toHaveLength(message.length + 2);
  });

  test.each([
    ['a length beyond the end', bytes(0x0a, 5, 1)],
    ['a number without end', bytes(0x08, 0xff)],
    ['a group', bytes(0x0b, 0x0c)],
  ])('refuses %s', (_of, message) => {
    expect(() => appendToMessage(message, {})).toThrow(RangeError);
  });

  test('equals encoding with the field in place, whatever the lengths', () => {
    const content = fc.uint8Array({ maxLength: 300 });
    void fc.assert(
      fc.property(content, content, fc.nat(3), (before, added, depth) => {
        const inside = bytesField(3, before);
        const extra = bytesField(4, added);
        const wrap = (message: Uint8Array): Uint8Array =>
          Array.from({ length: depth }).reduce<Uint8Array>(
            (inner) => Buffer.concat([bytesField(1, inner), bytesField(2, before)]),
            message,
          );
        const appendix = Array.from({ length: depth }).reduce<Appendix>(
          (inner) => at(1, 0, inner),
          { fields: extra },
        );
        expect(read(appendToMessage(wrap(inside), appendix))).toEqual(
          read(wrap(Buffer.concat([inside, extra]))),
        );
      }),
    );
  });
});
