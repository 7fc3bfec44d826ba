import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/bearer-token.ts';
import { unauthorized } from '../auth/require-user.ts';
import { ProblemError } from '../problem/problem-error.ts';

export type RequireAdmin = (request: FastifyRequest) => Promise<void>;

/** What a route's schema says where the admin token is required. */
export const adminSecurity = [{ adminToken: [] }];

/**
 * Creates the hook that lets a request through only with the admin token, compared in constant time.
 * Where none is configured the routes do not exist for anyone.
 */
export function createRequireAdmin(adminToken: string | undefined): RequireAdmin {
  return async (request) => {
    if (adminToken === undefined) throw new ProblemError('route_not_found');
    const token = bearerToken(request);
    if (token === undefined || !isSame(token, adminToken)) throw unauthorized();
  };
}

/** Over digests: equal lengths whatever came, so that the comparison tells nothing of the token's. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
