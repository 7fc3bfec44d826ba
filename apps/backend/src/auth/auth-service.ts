import type { Observability } from '@aiq/observability';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import type { User, UsersRepository } from '../users/users-repository.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { AuthTokensRepository } from './auth-tokens-repository.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { createRefreshToken, hashRefreshToken } from './refresh-token.ts';

export interface AuthServiceDependencies {
  readonly users: UsersRepository;
  readonly authTokens: AuthTokensRepository;
  readonly passwords: PasswordHashing;
  readonly accessTokens: AccessTokens;
  readonly refreshTokenSeconds: number;
  readonly clock: Clock;
  readonly observability: Observability<BackendMetrics>;
}

export interface IssuedTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** A login that succeeded. */
export interface Login {
  readonly user: User;
  readonly tokens: IssuedTokens;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Who a user is, and for how long that is believed. */
export function createAuthService(dependencies: AuthServiceDependencies) {
  const { users, authTokens, passwords, accessTokens, clock, observability } = dependencies;

  const prepareTokens = () => {
    const now = clock.now();
    return {
      now,
      refresh: createRefreshToken(),
      refreshTokenExpiresAt: later(now, dependencies.refreshTokenSeconds),
      accessTokenExpiresAt: later(now, accessTokens.seconds),
    };
  };

  const logIn = async (userId: string): Promise<IssuedTokens> => {
    const { now, refresh, refreshTokenExpiresAt, accessTokenExpiresAt } = prepareTokens();
    const accessToken = await accessTokens.issue(userId);
    const added = { userId, tokenHash: refresh.tokenHash, expiresAt: refreshTokenExpiresAt };
    // Deleted since the password was checked: then there is nobody to log in.
    if (!(await authTokens.addFamily(added, now))) throw new ProblemError('invalid_credentials');
    return {
      accessToken,
      accessTokenExpiresAt,
      refreshToken: refresh.token,
      refreshTokenExpiresAt,
    };
  };

  return {
    /** @throws {ProblemError} email_taken */
    async register(input: Credentials & { displayName?: string | undefined }): Promise<Login> {
      const { password, email, displayName = null } = input;
      const user = await users.create({
        email,
        displayName,
        passwordHash: await passwords.hash(password),
      });
      if (user === undefined) throw new ProblemError('email_taken');

      observability.recordMetric('users.registrations', 1);
      return { user, tokens: await logIn(user.id) };
    },

    /** @throws {ProblemError} invalid_credentials, whether the user is unknown or the password wrong. */
    async login({ email, password }: Credentials): Promise<Login> {
      const known = await users.findWithPasswordHash(email);
      const matches = await passwords.verify(password, known?.passwordHash);
      const outcome = matches ? 'success' : 'failure';
      observability.recordMetric('auth.logins', 1, { outcome });
      if (known === undefined || !matches) throw new ProblemError('invalid_credentials');

      return { user: known.user, tokens: await logIn(known.user.id) };
    },

    /** @throws {ProblemError} invalid_refresh_token for one that is unknown, expired, revoked or spent. */
    async refresh(refreshToken: string): Promise<IssuedTokens> {
      const { now, refresh, refreshTokenExpiresAt, accessTokenExpiresAt } = prepareTokens();
      const successor = { tokenHash: refresh.tokenHash, expiresAt: refreshTokenExpiresAt };
      const outcome = await authTokens.rotate(hashRefreshToken(refreshToken), successor, now);

      if (outcome.status === 'reused') {
        observability.logger.warn('a spent refresh token came back; its family is revoked', {
          'user.id': outcome.userId,
        });
      }
      if (outcome.status !== 'rotated') throw new ProblemError('invalid_refresh_token');
      return {
        accessToken: await accessTokens.issue(outcome.userId),
        accessTokenExpiresAt,
        refreshToken: refresh.token,
        refreshTokenExpiresAt,
      };
    },

    /** Ends the login that the token belongs to; an unknown token is no error, so that nothing is told. */
    logout: (refreshToken: string) =>
      authTokens.revokeFamilyOf(hashRefreshToken(refreshToken), clock.now()),

    /** Ends all of the user's logins; access tokens that are out run until they expire. */
    logoutAll: (userId: string) => authTokens.revokeAllOf(userId, clock.now()),
  };
}

export type AuthService = ReturnType<typeof createAuthService>;

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
