import type { FastifyInstance, FastifyReply } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/**
 * For an answer that is data and shows nothing by itself; the pages of the documentation set their own policy.
 * A table and not helmet's hook, so that answers which no hook sees have them too: see `frameworkErrors`.
 *
 * @see OWASP REST Security Cheat Sheet, Security Headers; the values are those of helmet 8 or stricter
 */
const protectiveHeaders = {
  'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
} as const;

/** Sets the protective headers on every answer, and forbids caches to keep what the API answers: it is one user's. */
export const securityHeaders = fastifyPlugin(async (app: FastifyInstance) => {
  app.addHook('onRequest', async (request, reply) => protect(request.url, reply));
});

/** Sets the headers of an answer to a request for `url`. */
export function protect(url: string, reply: FastifyReply): void {
  reply.headers(protectiveHeaders);
  if (url.startsWith('/v1/')) reply.header('Cache-Control', 'no-store');
}
