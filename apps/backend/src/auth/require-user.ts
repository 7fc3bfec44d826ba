import type { Observability } from '@aiq/observability';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { AccessTokens } from './access-tokens.ts';
import { bearerToken } from './bearer-token.ts';
import type { LiveLogin, LoginsRepository } from './logins-repository.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The user whose access token came with the request; empty where the route asks for none. */
    userId: string;
    /** When that user gave the password; absent where the route asks for no token. */
    loggedInAt: Date | undefined;
  }
}

export type RequireUser = (request: FastifyRequest) => Promise<void>;

/** What a route's schema says where an access token is required. */
export const bearerSecurity = [{ accessToken: [] }];

/**
 * Creates the hook that lets a request through only with a valid access token of a login that lives. That is
 * asked of the database each time: a login that was ended anywhere is ended everywhere, at once.
 */
export function createRequireUser(dependencies: {
  readonly accessTokens: AccessTokens;
  readonly logins: LoginsRepository;
  readonly observability: Observability;
}): RequireUser {
  const { accessTokens, logins, observability } = dependencies;

  const findLogin = async (token: string | undefined): Promise<LiveLogin | undefined> => {
    const claims = token === undefined ? undefined : await accessTokens.verify(token);
    return claims && logins.findLive(claims.loginId, claims.userId);
  };

  return async (request) => {
    const login = await findLogin(bearerToken(request));
    if (login === undefined) throw unauthorized();
    request.userId = login.userId;
    request.loggedInAt = login.createdAt;
    observability.setUser({ id: login.userId });
  };
}

/**
 * Creates the hook, after {@link createRequireUser}'s, that asks for a login not older than `seconds`: for what
 * cannot be undone.
 *
 * @see RFC 9470, OAuth 2.0 Step Up Authentication Challenge Protocol, section 3
 */
export function createRequireFreshLogin(options: {
  readonly seconds: number;
  readonly clock: Clock;
}): RequireUser {
  const { seconds, clock } = options;
  return async ({ loggedInAt }) => {
    const ageMs = clock.now().getTime() - (loggedInAt?.getTime() ?? 0);
    if (ageMs <= seconds * 1000) return;
    const challenge = `Bearer error="insufficient_user_authentication", max_age="${seconds}"`;
    throw new ProblemError('login_not_fresh', {
      detail: `Log in again: this needs a login of the last ${seconds} seconds.`,
      headers: { 'WWW-Authenticate': challenge },
    });
  };
}

/** The answer to a request whose user cannot be established. */
export function unauthorized(): ProblemError {
  return new ProblemError('unauthorized', { headers: { 'WWW-Authenticate': 'Bearer' } });
}
