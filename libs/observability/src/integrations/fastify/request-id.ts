import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

export const requestIdHeader = 'x-request-id';

const acceptable = /^[\w.-]{1,128}$/;
/** Fastify's own counter: unique in one process only. */
const fastifyCounter = /^req-[0-9a-z]+$/;

/** The caller's id where it is a plain token, else the one that Fastify was told to make, else a new one. */
export function acceptRequestId(request: FastifyRequest): string {
  const given = request.headers[requestIdHeader];
  if (typeof given === 'string' && acceptable.test(given)) return given;
  return fastifyCounter.test(request.id) ? randomUUID() : request.id;
}
