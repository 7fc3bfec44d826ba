/** @module A program that `checkInstrumentation` runs: it starts telemetry as a service does and says what is patched. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isWrapped } from '@opentelemetry/instrumentation';
import { startObservability } from '../start-observability.ts';
import type { ProbeReport } from './check-instrumentation.ts';

const observability = await startObservability({
  service: process.argv[2] ?? 'aiq-probe',
  metrics: {},
  logStream: 'stderr',
});
// After the start, as a service loads them: an earlier import would stay as it was.
const http = await import('node:http');
const { default: Fastify } = await import('fastify');
const { observabilityPlugin } = await import('../integrations/fastify/index.ts');

const app = Fastify({ logger: false });
await app.register(observabilityPlugin, { observability });
app.get('/probe/:id', async () => ({}));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const request = http.get(`${url}/probe/1`);
const [reply] = await once(request, 'response');
reply.resume();
await once(reply, 'end');

const report: ProbeReport = { http: isWrapped(http.request), pg: await isPgPatched() };
await app.close();
await observability.shutdown();
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));

/** Looks for pg as the service would find it: among its own packages, or among those of its packages. */
async function isPgPatched(): Promise<boolean | undefined> {
  const path = findPg();
  if (path === undefined) return undefined;
  const { default: pg } = await import(pathToFileURL(path).href);
  return isWrapped(pg.Client.prototype.query);
}

function findPg(): string | undefined {
  const driver = 'pg';
  const manifest = join(process.cwd(), 'package.json');
  const own = createRequire(manifest);
  const { dependencies = {} } = existsSync(manifest)
    ? JSON.parse(readFileSync(manifest, 'utf8'))
    : {};
  for (const holder of [undefined, ...Object.keys(dependencies)]) {
    try {
      const require = holder === undefined ? own : createRequire(own.resolve(holder));
      return require.resolve(driver);
    } catch {
      // Not here: the next one may have it.
    }
  }
  return undefined;
}
