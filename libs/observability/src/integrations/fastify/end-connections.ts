import type { FastifyInstance } from 'fastify';
import { isStopping } from '../../internals.ts';

/**
 * Makes connections end with their request once the process is told to stop or `app` is closing. Node closes
 * those that are idle when the port closes; the others would stay open, and hold the process, until their
 * keep-alive time is over.
 */
export function endConnectionsOnStop(app: FastifyInstance, observability: object): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing || isStopping(observability)) reply.header('connection', 'close');
    done(null, payload);
  });
}
