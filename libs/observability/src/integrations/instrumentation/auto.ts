import { FastifyOtelInstrumentation } from '@fastify/otel';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { syncBuiltins } from './lean.ts';
import { pgOptions } from './pg-options.ts';
import { withPoolMetrics } from './pool-metrics.ts';
import type { InstrumentationProfile } from './profile.ts';
import { queryDurationView, withQueryContext } from './query-context.ts';

/**
 * Everything there is an instrumentation for. The SERVER span and the duration are those of the HTTP
 * instrumentation; `@fastify/otel` gives it the route.
 */
export async function loadAutoProfile(): Promise<InstrumentationProfile> {
  const instrumentations: Instrumentation[] = [
    ...getNodeAutoInstrumentations({
      // A span for each file read drowns the rest.
      '@opentelemetry/instrumentation-fs': { enabled: false },
      // Connections and lookups belong to no request, and would show those of the exporters.
      '@opentelemetry/instrumentation-net': { enabled: false },
      '@opentelemetry/instrumentation-dns': { enabled: false },
      // Records are written by this library's logger, with the ids; a second bridge would send them twice.
      '@opentelemetry/instrumentation-pino': { enabled: false },
      '@opentelemetry/instrumentation-pg': pgOptions,
    }),
    new FastifyOtelInstrumentation({
      registerOnInitialization: true,
    }) as unknown as Instrumentation,
  ];
  const pg = '@opentelemetry/instrumentation-pg';
  for (const each of instrumentations) {
    if (each.instrumentationName === pg) withPoolMetrics(withQueryContext(each));
  }
  const views = [queryDurationView];
  return { instrumentations, views, externalServerSpans: true, afterStart: syncBuiltins };
}
