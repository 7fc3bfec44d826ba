import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/** What is shown came from anywhere: no script but our own, no request to anywhere else, in no frame. */
export const headersOfAll = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Refuses what a page of another site can send to an address on loopback: requests whose Host is
 * a name of theirs (DNS rebinding), requests whose Origin is not on loopback, and what browsers say is of another
 * site. A link from there that opens a page of ours is followed.
 */
export function acceptOnlyLoopback(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersOfAll);
    assertLoopback(request);
  });
}

function assertLoopback({ headers, method }: FastifyRequest): void {
  if (!loopbackHost.test(headers.host ?? '')) {
    throw new Problem(403, 'forbidden', {
      detail: 'The Host header must name this machine: 127.0.0.1, localhost or [::1].',
    });
  }
  const isForeign =
    headers.origin === undefined
      ? headers['sec-fetch-site'] === 'cross-site'
      : !isLoopbackOrigin(headers.origin);
  const isLink =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  if (isForeign && !isLink) {
    throw new Problem(403, 'forbidden', { detail: 'Pages of other sites may not ask.' });
  }
}

function isLoopbackOrigin(origin: string): boolean {
  const [, host = ''] = /^https?:\/\/(.+)$/i.exec(origin) ?? [];
  return loopbackHost.test(host);
}
