import type { PgInstrumentationConfig } from '@opentelemetry/instrumentation-pg';
import { describeSql } from '../../policy/sql-text.ts';

/** Queries below a span, without their connections, named as the conventions have it: `SELECT users`. */
export const pgOptions: PgInstrumentationConfig = {
  requireParentSpan: true,
  ignoreConnectSpans: true,
  requestHook: (span, { query, connection }) => {
    const { operation, collection } = describeSql(query.text);
    if (operation !== undefined) span.setAttribute('db.operation.name', operation);
    if (collection !== undefined) span.setAttribute('db.collection.name', collection);
    const target = collection ?? connection.database;
    span.updateName([operation ?? 'query', target].filter(Boolean).join(' '));
  },
};
