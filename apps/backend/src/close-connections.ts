import type { FastifyInstance } from 'fastify';

/**
 * Makes connections end with their request once `app` is closing. Node closes those that are idle at
 * that moment; the others would stay open, and hold the process, until their keep-alive time is over.
 */
export function closeConnectionsOnClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
