import type { FastifyRequest } from 'fastify';

/** Gives the token of the Authorization header; undefined without one, or with another scheme. */
export function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1];
}
