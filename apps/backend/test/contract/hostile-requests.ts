import fc from 'fast-check';
import type { Api, Operation } from './operations.ts';
import { valuesOf } from './schema-arbitrary.ts';

/** Whose token comes with a request. */
export const tokenKinds = ['right', 'other', 'forged', 'malformed', 'none'] as const;

/** A request to an operation, valid in some places and hostile in others. */
export interface HostileRequest {
  readonly operation: Operation;
  /** By name; undefined stands for the id of something that exists. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: string;
  readonly contentType: string | undefined;
  readonly payload: string | undefined;
  readonly token: (typeof tokenKinds)[number];
}

const hostileTexts = [
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '💥'.repeat(50),
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '%00',
  '%',
  'NaN',
  '-1',
  '1e400',
  '9007199254740993',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
];
const hostileNumbers = [-1, 1.5, -0, 2 ** 31, 2 ** 53, 1e308, Number.MIN_VALUE];

const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts, ...hostileNumbers, null, true, [], {}),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const rawPayloads = fc.constantFrom(
  '',
  'null',
  '0',
  '"text"',
  '[]',
  '{',
  '{"a":1e999}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '{"mode":"fixed"} trailing',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  JSON.stringify({ mode: 'x'.repeat(70_000) }),
  `{"optionIndex":${'9'.repeat(400)}}`,
);

const contentTypes = fc.constantFrom<string | undefined>(
  undefined,
  'application/json; charset=utf-16',
  'application/json; charset=',
  'APPLICATION/JSON',
  'application/problem+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'garbage',
  '/',
);

/** Makes requests for every operation of the document. */
export function hostileRequestsOf(api: Api): fc.Arbitrary<HostileRequest> {
  return fc
    .constantFrom(...api.operations.map((operation) => requestOf(operation, api)))
    .chain((request) => request);
}

function requestOf(operation: Operation, api: Api): fc.Arbitrary<HostileRequest> {
  const named = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  const parameter = mostly(fc.constant(undefined), fc.oneof(textValues, fc.uuid()));
  return fc.record({
    operation: fc.constant(operation),
    parameters: fc.record(Object.fromEntries(named.map((name) => [name, parameter]))),
    query: queriesOf(operation, api),
    contentType: mostly(fc.constant<string | undefined>('application/json'), contentTypes),
    payload: payloadsOf(operation, api),
    token: mostly(fc.constant<HostileRequest['token']>('right'), fc.constantFrom(...tokenKinds)),
  });
}

/** The first in three of four cases: or no request would get far. */
function mostly<Value>(usual: fc.Arbitrary<Value>, hostile: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: hostile });
}

const textValues = fc.oneof(
  fc.constantFrom(...hostileTexts.filter((text) => text !== '')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
);

function queriesOf({ parameters }: Operation, api: Api): fc.Arbitrary<string> {
  const known = parameters.filter((one) => one.in === 'query');
  const valid = fc.record(
    Object.fromEntries(known.map(({ name, schema }) => [name, valuesOf(schema, api.resolve)])),
    { requiredKeys: [] },
  );
  const names = [...known.map(({ name }) => name), 'unheard-of', '__proto__', 'toString'];
  const hostile = fc.array(fc.tuple(fc.constantFrom(...names), textValues), { maxLength: 4 });
  return mostly(
    valid.map((values) => Object.entries(values)),
    hostile,
  ).map((entries) => {
    const texts = entries.map(([name, value]) => `${name}=${encode(String(value))}`);
    return texts.length === 0 ? '' : `?${texts.join('&')}`;
  });
}

function payloadsOf({ body, method }: Operation, api: Api): fc.Arbitrary<string | undefined> {
  if (method === 'GET') return fc.constant(undefined);
  if (body === undefined) return mostly(fc.constant(undefined), rawPayloads);
  const valid = valuesOf(body, api.resolve);
  const broken = fc
    .tuple(valid, fc.nat(20), hostileValues, fc.constantFrom('replace', 'drop', 'add'))
    .map(([value, at, hostile, how]) => change(value, { at, hostile, how }));
  return fc.oneof(
    { weight: 3, arbitrary: valid.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: broken.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: rawPayloads },
  );
}

/** Breaks one member of an object, or of one inside it. */
function change(
  value: unknown,
  { at, hostile, how }: { at: number; hostile: unknown; how: string },
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hostile;
  const names = Object.keys(value);
  const name = names[at % Math.max(names.length, 1)];
  if (how === 'add' || name === undefined) return { ...value, 'unheard-of': hostile };
  const { [name]: member, ...rest } = value as Record<string, unknown>;
  if (how === 'drop') return rest;
  const deeper = typeof member === 'object' && at % 2 === 0;
  return { ...rest, [name]: deeper ? change(member, { at: at >> 1, hostile, how }) : hostile };
}

/** For an address: what is no Unicode text goes as what stands for it. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
