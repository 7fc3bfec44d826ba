import type { ClientRequest } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { pgOptions } from './pg-options.ts';
import type { HeadersFor, InstrumentationProfile } from './profile.ts';

/** Outgoing HTTP, SQL and the runtime; incoming requests are the Fastify plugin's. */
export async function loadLeanProfile(headersFor: HeadersFor): Promise<InstrumentationProfile> {
  const [http, undici, pg, query, pools, runtime] = await Promise.all([
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-undici'),
    import('@opentelemetry/instrumentation-pg'),
    import('./query-context.ts'),
    import('./pool-metrics.ts'),
    import('@opentelemetry/instrumentation-runtime-node'),
  ]);
  const instrumentations: Instrumentation[] = [
    new http.HttpInstrumentation({
      disableIncomingRequestInstrumentation: true,
      requestHook: (_span, request) => {
        if (!('setHeader' in request)) return;
        for (const [name, value] of Object.entries(headersFor(hostOf(request)))) {
          request.setHeader(name, value);
        }
      },
    }),
    new undici.UndiciInstrumentation({
      // Called for each request by itself: a redirect to another host does not get the headers of the first.
      requestHook: (_span, request) => {
        const { host } = new URL(request.origin);
        for (const [name, value] of Object.entries(headersFor(host))) {
          request.addHeader?.(name, value);
        }
      },
    }),
    pools.withPoolMetrics(query.withQueryContext(new pg.PgInstrumentation(pgOptions))),
    new runtime.RuntimeNodeInstrumentation(),
  ];
  const views = [query.queryDurationView];
  return { instrumentations, views, externalServerSpans: false, afterStart: syncBuiltins };
}

function hostOf(request: ClientRequest): string | undefined {
  const host = request.getHeader('host');
  return typeof host === 'string' ? host : undefined;
}

/**
 * Patches reach `import { request } from 'node:http'` only when the module was required after the patches were
 * registered and its ES exports were made equal again.
 */
export function syncBuiltins(): void {
  const require = createRequire(import.meta.url);
  require('node:http');
  require('node:https');
  syncBuiltinESMExports();
}
