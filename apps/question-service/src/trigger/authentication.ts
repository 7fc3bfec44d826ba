import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestAsyncHookHandler } from 'fastify';
import { ProblemError } from './problem.ts';

/** Lets through who brings the token; before the body is read. */
export function requireBearer(token: string): onRequestAsyncHookHandler {
  const expected = digest(token);
  return async (request, reply) => {
    const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    // Digests are of one length, so that the comparison takes the same time for every token.
    if (timingSafeEqual(digest(given), expected)) return;
    reply.header('www-authenticate', 'Bearer');
    throw new ProblemError(401, 'unauthorized', 'expected the trigger token as a bearer token');
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
