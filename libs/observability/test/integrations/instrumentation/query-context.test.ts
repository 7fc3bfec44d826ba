import { type Context, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { beforeAll, expect, test } from 'vitest';
import {
  queryDurationView,
  withQueryContext,
} from '../../../src/integrations/instrumentation/query-context.ts';

type Query = (...given: unknown[]) => unknown;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

/** As pg's instrumentation patches, with the context of each call instead of a measurement. */
const seen: Context[] = [];
const patched = withQueryContext({
  _getClientQueryPatch:
    () =>
    (original: Query) =>
    (...given: unknown[]) => {
      seen.push(context.active());
      return original(...given);
    },
});
const query = patched._getClientQueryPatch()((...given) => given.length);

const labelsOf = (recordedIn: Context | undefined) =>
  queryDurationView.attributesProcessors?.[0]?.process(
    { 'db.operation.name': 'FIRST-WORD', 'db.namespace': 'aiq' },
    recordedIn,
  );

function ask(...given: unknown[]): Context | undefined {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 };
  expect(context.with(trace.setSpanContext(ROOT_CONTEXT, span), () => query(...given))).toBe(
    given.length,
  );
  return seen.at(-1);
}

test.each([
  ['text', 'select *\nfrom "public"."users"', 'SELECT', 'users'],
  ['a configuration', { text: 'INSERT INTO questions VALUES ($1)' }, 'INSERT', 'questions'],
])(
  'a query given as %s is measured by operation and table',
  (_how, given, operation, collection) => {
    expect(labelsOf(ask(given, [7]))).toEqual({
      'db.namespace': 'aiq',
      'db.operation.name': operation,
      'db.collection.name': collection,
    });
  },
);

test('a query without a table has none, also below one that has', () => {
  const within = ask('SELECT 1 FROM users') as Context;
  context.with(within, () => query('COMMIT'));

  expect(labelsOf(seen.at(-1))).toEqual({ 'db.namespace': 'aiq', 'db.operation.name': 'COMMIT' });
});

test('what is no text, and what no span is around, is left as it was', () => {
  query('SELECT 1 FROM users');

  for (const recordedIn of [seen.at(-1), ask({ submit: () => {} }), ask(undefined), undefined]) {
    expect(labelsOf(recordedIn)).toMatchObject({ 'db.operation.name': 'FIRST-WORD' });
  }
});

test('an instrumentation that patches in another way is left as it is', () => {
  const other = {};
  expect(withQueryContext(other)).toBe(other);
});
