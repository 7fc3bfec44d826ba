import { once } from 'node:events';
import { get } from 'node:http';
import { createDatabase } from '@aiq/database';
import { runMain } from '@aiq/observability';
import { observabilityPlugin } from '@aiq/observability/fastify';
import Fastify from 'fastify';
import pg from 'pg';
import { observability } from '../../src/instrument.ts';

/**
 * A request that does what requests of these services do: it asks the database by the client and by the driver's
 * pool, and others over HTTP, by fetch and by node:http; started as the backend is.
 */
await runMain(
  observability,
  async (stop) => {
    const url = process.argv[2] ?? '';
    const database = createDatabase({ url, applicationName: 'profiles' });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const app = Fastify({ logger: false });
    await app.register(observabilityPlugin, { observability });
    app.get('/v1/leaf', async () => ({}));
    app.get('/v1/broken', async () => {
      throw new Error('broken on purpose');
    });
    app.get('/v1/things/:id', async ({ headers }) => {
      await database.prisma.user.findFirst({ where: { email: 'nobody@example.org' } });
      await pool.query("-- from nowhere\nSELECT 'from nobody', count(*)\nFROM questions");
      await fetch(`http://${headers.host}/v1/leaf`).then((reply) => reply.text());
      const [reply] = await once(get(`http://${headers.host}/v1/leaf`), 'response');
      await once(reply.resume(), 'end');
      return { traceId: observability.activeTrace()?.traceId };
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    observability.logger.info('listening', { url: address });
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    await app.close();
    await pool.end();
    await database.close();
  },
  // On a busy machine more than what a service takes.
  { flushTimeoutMs: 15_000 },
);
