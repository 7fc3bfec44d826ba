import type { Observability } from '@aiq/observability';
import type { FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/bearer-token.ts';
import { unauthorized } from '../auth/require-user.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { type AdminKey, createFindAdminKey } from './admin-keys.ts';

export type RequireAdmin = (request: FastifyRequest) => Promise<void>;

/** What a route's schema says where an admin key is required. */
export const adminSecurity = [{ adminToken: [] }];

/**
 * Creates the hook that lets a request through only with one of the admin keys, whose name goes into the
 * request's line. Where none is configured the routes do not exist for anyone.
 */
export function createRequireAdmin({
  keys,
  observability,
}: {
  readonly keys: readonly AdminKey[];
  readonly observability: Pick<Observability, 'setTag'>;
}): RequireAdmin {
  const findKey = createFindAdminKey(keys);
  return async (request) => {
    if (keys.length === 0) throw new ProblemError('route_not_found');
    const token = bearerToken(request);
    const key = token === undefined ? undefined : findKey(token);
    if (key === undefined) throw unauthorized();
    observability.setTag('admin.key', key.name);
  };
}
