import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { pgOptions } from './pg-options.ts';
import type { InstrumentationProfile } from './profile.ts';

/** Outgoing HTTP, SQL and the runtime; incoming requests are the Fastify plugin's. */
export async function loadLeanProfile(): Promise<InstrumentationProfile> {
  const [http, undici, pg, runtime] = await Promise.all([
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-undici'),
    import('@opentelemetry/instrumentation-pg'),
    import('@opentelemetry/instrumentation-runtime-node'),
  ]);
  const instrumentations: Instrumentation[] = [
    new http.HttpInstrumentation({ disableIncomingRequestInstrumentation: true }),
    new undici.UndiciInstrumentation(),
    new pg.PgInstrumentation(pgOptions),
    new runtime.RuntimeNodeInstrumentation(),
  ];
  return { instrumentations, externalServerSpans: false, afterStart: syncBuiltins };
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
