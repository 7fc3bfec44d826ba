import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses what a page of another site can send to an address on loopback: requests whose Host is
 * a name of theirs (DNS rebinding) and requests whose Origin is not on loopback.
 */
export function acceptOnlyLoopback(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    assertLoopback(request);
  });
}

function assertLoopback({ headers }: FastifyRequest): void {
  if (!loopbackHost.test(headers.host ?? '')) {
    throw new Problem(403, 'forbidden', {
      detail: 'The Host header must name this machine: 127.0.0.1, localhost or [::1].',
    });
  }
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) {
    throw new Problem(403, 'forbidden', { detail: 'Pages of other sites may not ask.' });
  }
}

function isLoopbackOrigin(origin: string): boolean {
  const [, host = ''] = /^https?:\/\/(.+)$/i.exec(origin) ?? [];
  return loopbackHost.test(host);
}
