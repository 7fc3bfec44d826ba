import { expect, test } from 'vitest';
import { toTraceEnvironment } from '../../src/index.ts';
import { parseTraceContext } from '../../src/traces/facade-span.ts';
import { fromTraceEnvironment } from '../../src/traces/trace-environment.ts';

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

test('a context comes out of the environment as it went in', () => {
  const carried = { traceparent, tracestate: 'vendor=7,other=x' };
  const variables = { ...toTraceEnvironment(carried) };
  expect(variables).toEqual({ TRACEPARENT: traceparent, TRACESTATE: 'vendor=7,other=x' });
  expect(fromTraceEnvironment(variables)).toEqual(carried);
});

test('outside any trace a child is given none, not even the one that this process was given', () => {
  const own: Record<string, string | undefined> = { PATH: '/bin', TRACEPARENT: traceparent };
  expect({ ...own, ...toTraceEnvironment({}) }).toStrictEqual({
    PATH: '/bin',
    TRACEPARENT: undefined,
    TRACESTATE: undefined,
  });
});

test('a context keeps what vendors added, in bounds', () => {
  const stateOf = (tracestate: string) =>
    parseTraceContext({ traceparent, tracestate })?.traceState?.serialize();
  expect(stateOf('vendor=7,other=x')).toBe('vendor=7,other=x');
  expect(stateOf('x=1,'.repeat(10_000))?.length ?? 0).toBeLessThan(513);
});

test.each([
  '',
  'nonsense',
  `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
  `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
  `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  traceparent.slice(0, 40),
])('is none where the traceparent is none: %j', (text) => {
  expect(parseTraceContext({ traceparent: text, tracestate: 'vendor=7' })).toBeUndefined();
});
