import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What a page may read of an answer, besides the body. */
const exposedHeaders = [
  'Location',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'WWW-Authenticate',
  'X-Request-ID',
];

/** Lets pages of these origins call the API, by tokens and never by cookies; without any, of none. */
export const allowOrigins = fastifyPlugin(
  async (app: FastifyInstance, { origins }: { readonly origins: readonly string[] }) => {
    if (origins.length === 0) return;
    await app.register(cors, {
      origin: [...origins],
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'Authorization',
        'Content-Type',
        'X-Request-ID',
        'traceparent',
        'tracestate',
      ],
      exposedHeaders,
      credentials: false,
      // A preflight that lacks a header is refused by the browser, for want of an allowed origin.
      strictPreflight: false,
      maxAge: 600,
    });
  },
);
