import type { Observability } from '@aiq/observability';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';
import type { AccessTokens } from './access-tokens.ts';
import { bearerToken } from './bearer-token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The user whose access token came with the request; empty where the route asks for none. */
    userId: string;
  }
}

export type RequireUser = (request: FastifyRequest) => Promise<void>;

/** What a route's schema says where an access token is required. */
export const bearerSecurity = [{ accessToken: [] }];

/** Creates the hook that lets a request through only with a valid access token. */
export function createRequireUser(dependencies: {
  readonly accessTokens: AccessTokens;
  readonly observability: Observability;
}): RequireUser {
  const { accessTokens, observability } = dependencies;
  return async (request) => {
    const token = bearerToken(request);
    const userId = token === undefined ? undefined : await accessTokens.verify(token);
    if (userId === undefined) throw unauthorized();
    request.userId = userId;
    observability.setUser({ id: userId });
  };
}

/** The answer to a request whose user cannot be established. */
export function unauthorized(): ProblemError {
  return new ProblemError('unauthorized', { headers: { 'WWW-Authenticate': 'Bearer' } });
}
