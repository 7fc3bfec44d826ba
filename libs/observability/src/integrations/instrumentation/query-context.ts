import { type Context, context, createContextKey, trace } from '@opentelemetry/api';
import type { ViewOptions } from '@opentelemetry/sdk-metrics';
import { describeSql, type SqlDescription } from '../../policy/sql-text.ts';

const queryKey = createContextKey('aiq.observability.query');

type Query = (this: unknown, ...given: unknown[]) => unknown;
type QueryPatch = (original: Query) => Query;

/**
 * Lets the duration of a query be told by its table: pg's instrumentation measures by what stands before the first
 * space. What a query does is put into its context, where {@link queryDurationView} finds it when the duration is
 * recorded.
 *
 * A patch of our own around the driver would not do: pg's instrumentation patches it twice where it is required,
 * and takes away what is around its first patch. So it is asked for its patch, by a method that is not public;
 * without that method durations are told by the operation alone.
 */
export function withQueryContext<Instrumentation extends object>(
  pg: Instrumentation,
): Instrumentation {
  const patches = pg as { _getClientQueryPatch?: () => QueryPatch };
  const getPatch = patches._getClientQueryPatch?.bind(pg);
  if (getPatch === undefined) return pg;
  patches._getClientQueryPatch = () => {
    const patch = getPatch();
    return (original) => inQueryContext(patch(original));
  };
  return pg;
}

/** Puts the query's operation and table among the labels of its duration. */
export const queryDurationView: ViewOptions = {
  instrumentName: 'db.client.operation.duration',
  attributesProcessors: [
    {
      process: (incoming, recordedIn) => {
        const { operation, collection } = queryOf(recordedIn) ?? {};
        return {
          ...incoming,
          ...(operation === undefined ? {} : { 'db.operation.name': operation }),
          ...(collection === undefined ? {} : { 'db.collection.name': collection }),
        };
      },
    },
  ],
};

function inQueryContext(patched: Query): Query {
  return function query(...given) {
    const active = context.active();
    const text = textOf(given[0]);
    // Outside any span pg's instrumentation measures nothing.
    if (text === undefined || trace.getSpan(active) === undefined)
      return patched.apply(this, given);
    const described = active.setValue(queryKey, describeSql(text));
    return context.with(described, () => patched.apply(this, given));
  };
}

function textOf(query: unknown): string | undefined {
  const text =
    typeof query === 'object' && query !== null ? (query as { text?: unknown }).text : query;
  return typeof text === 'string' ? text : undefined;
}

function queryOf(recordedIn: Context | undefined): SqlDescription | undefined {
  return recordedIn?.getValue(queryKey) as SqlDescription | undefined;
}
