import type { Observability } from '@aiq/observability';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { KeyedHash } from '../security/keyed-hash.ts';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import type { LoginCandidate, User, UsersRepository } from '../users/users-repository.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { KnownAddressesRepository } from './known-addresses-repository.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { LiveLogin, LoginsRepository } from './logins-repository.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { type PasswordOwner, passwordProblem } from './password-rules.ts';
import { createRefreshToken, hashRefreshToken, successorOf } from './refresh-token.ts';

export interface AuthServiceDependencies {
  readonly users: UsersRepository;
  readonly logins: LoginsRepository;
  readonly knownAddresses: KnownAddressesRepository;
  readonly passwords: PasswordHashing;
  readonly accessTokens: AccessTokens;
  readonly throttle: LoginThrottle;
  readonly keyedHash: KeyedHash;
  readonly refreshTokenSeconds: number;
  /** Time in which a spent refresh token is answered again, while its successor is unused. */
  readonly refreshReuseSeconds: number;
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

/** A user whose password was right, and which of its passwords that was. */
type Checked = Pick<LoginCandidate, 'user' | 'passwordVersion'>;

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the client, as `clientAddress` gives it. */
  readonly address: string;
}

/** An address that a user did not log in from for so long is a stranger's again. */
const addressMemorySeconds = 90 * 86_400;

/** Who a user is, and for how long that is believed. */
export function createAuthService(dependencies: AuthServiceDependencies) {
  const { users, logins, passwords, accessTokens, throttle, clock, observability } = dependencies;

  const issue = async (
    login: LiveLogin,
    refresh: { readonly token: string; readonly expiresAt: Date },
    now: Date,
  ): Promise<IssuedTokens> => ({
    accessToken: await accessTokens.issue({ userId: login.userId, loginId: login.id }),
    accessTokenExpiresAt: later(now, accessTokens.seconds),
    refreshToken: refresh.token,
    refreshTokenExpiresAt: refresh.expiresAt,
  });

  const logIn = async (
    { user, passwordVersion }: Checked,
    address: string,
  ): Promise<IssuedTokens> => {
    const now = clock.now();
    const { token, tokenHash } = createRefreshToken();
    const expiresAt = later(now, dependencies.refreshTokenSeconds);
    const checked = { userId: user.id, passwordVersion };
    const login = await logins.start(checked, { tokenHash, expiresAt }, now);
    // Deleted, or given another password, since this one was checked.
    if (login === undefined) throw new ProblemError('invalid_credentials');

    const addressHash = hashOf({ email: user.email, address });
    const oldest = later(now, -addressMemorySeconds);
    await dependencies.knownAddresses.remember({ userId: user.id, addressHash }, { now, oldest });
    return issue(login, { token, expiresAt }, now);
  };

  const hashOf = ({ email, address }: { email: string; address: string }) =>
    dependencies.keyedHash(`known-address:${email}:${address}`);

  /** Gives the user whose password it is. Each step is the same for an unknown user as for a known one. */
  const checkPassword = async (credentials: Credentials): Promise<Checked | undefined> => {
    const { email, password, address } = credentials;
    const known = await users.findForLogin(email, {
      addressHash: hashOf(credentials),
      usedAfter: later(clock.now(), -addressMemorySeconds),
    });
    const attempt = { email, address, isKnownAddress: known?.isKnownAddress ?? false };
    await throttle.enter(attempt);
    const matches = await passwords.verify(password, known?.passwordHash);
    if (known === undefined || !matches) return undefined;

    await throttle.succeed(attempt);
    if (passwords.isOutdated(known.passwordHash)) {
      const replacement = await passwords.hash(password);
      await users.replacePasswordHash(known.user.id, known.passwordHash, replacement);
    }
    return known;
  };

  return {
    /** @throws {ProblemError} email_taken; validation_failed for a password that is too easily guessed. */
    async register(input: Credentials & { displayName?: string | undefined }): Promise<Login> {
      const { password, email, displayName = null, address } = input;
      assertAcceptable('body.password', password, { email, displayName });
      const user = await users.create({
        email,
        displayName,
        passwordHash: await passwords.hash(password),
      });
      if (user === undefined) throw new ProblemError('email_taken');

      observability.recordMetric('users.registrations', 1);
      return { user, tokens: await logIn({ user, passwordVersion: 0 }, address) };
    },

    /**
     * @throws {ProblemError} invalid_credentials, whether the user is unknown or the password wrong;
     *   rate_limited after too many of either.
     */
    async login(credentials: Credentials): Promise<Login> {
      try {
        const checked = await checkPassword(credentials);
        const outcome = checked === undefined ? 'failure' : 'success';
        observability.recordMetric('auth.logins', 1, { outcome });
        if (checked === undefined) throw new ProblemError('invalid_credentials');
        return { user: checked.user, tokens: await logIn(checked, credentials.address) };
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'rate_limited') {
          observability.recordMetric('auth.logins', 1, { outcome: 'throttled' });
        }
        throw error;
      }
    },

    /**
     * Exchanges a refresh token. Sent again within moments, because an answer was lost or two requests
     * crossed, a token gives the same successor again; later it ends its login.
     *
     * @throws {ProblemError} invalid_refresh_token for one that is unknown, expired, ended or reused.
     */
    async refresh(refreshToken: string): Promise<IssuedTokens> {
      const now = clock.now();
      const { token, tokenHash } = successorOf(refreshToken, dependencies.keyedHash);
      const successor = { tokenHash, expiresAt: later(now, dependencies.refreshTokenSeconds) };
      const outcome = await logins.rotate(hashRefreshToken(refreshToken), successor, {
        now,
        reuseSeconds: dependencies.refreshReuseSeconds,
      });
      observability.recordMetric('auth.refreshes', 1, { outcome: outcome.status });

      if (outcome.status === 'reused') {
        observability.logger.warn('a spent refresh token came back; its login has ended', {
          'user.id': outcome.userId,
        });
      }
      if (!('login' in outcome)) throw new ProblemError('invalid_refresh_token');
      return issue(outcome.login, { token, expiresAt: outcome.successorExpiresAt }, now);
    },

    /** Ends the login that the token belongs to; an unknown token is no error, so that nothing is told. */
    logout: (refreshToken: string) => logins.endByToken(hashRefreshToken(refreshToken)),

    /** Ends all of the user's logins. */
    logoutAll: (userId: string) => logins.endAllOf(userId),

    /**
     * Changes the password, ends every login and gives a new one.
     *
     * @throws {ProblemError} wrong_password; rate_limited as for logins; validation_failed for a new password
     *   that is too easily guessed.
     */
    async changePassword(
      user: User,
      change: { currentPassword: string; newPassword: string; address: string },
    ): Promise<Login> {
      const { currentPassword, newPassword, address } = change;
      assertAcceptable('body.newPassword', newPassword, user);
      const credentials = { email: user.email, password: currentPassword, address };
      const checked = await checkPassword(credentials);
      if (checked === undefined) throw new ProblemError('wrong_password');

      const { passwordVersion } = checked;
      const passwordHash = await passwords.hash(newPassword);
      const isChanged = await users.changePassword(user.id, passwordVersion, passwordHash);
      if (!isChanged) throw new ProblemError('wrong_password');
      const tokens = await logIn({ user, passwordVersion: passwordVersion + 1 }, address);
      return { user, tokens };
    },
  };
}

export type AuthService = ReturnType<typeof createAuthService>;

function assertAcceptable(path: string, password: string, owner: PasswordOwner): void {
  const message = passwordProblem(password, owner);
  if (message !== undefined) {
    throw new ProblemError('validation_failed', { errors: [{ path, message }] });
  }
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
