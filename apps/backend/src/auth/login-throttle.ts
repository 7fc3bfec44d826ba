import type {
  DelayPolicy,
  RequestCountersRepository,
} from '../rate-limits/request-counters-repository.ts';
import { tooManyRequests } from '../rate-limits/request-limit.ts';

export interface LoginAttempt {
  readonly email: string;
  /** Of the client, as `clientAddress` gives it. */
  readonly address: string;
  /** The account was logged in to from there before. */
  readonly isKnownAddress: boolean;
}

export interface LoginThrottle {
  /**
   * Counts an attempt before its password is checked.
   *
   * @throws {ProblemError} rate_limited with Retry-After while the account or the address must wait.
   */
  enter(attempt: LoginAttempt): Promise<void>;
  /** The password was right: forgets the account's failures, and this attempt of the address. */
  succeed(attempt: LoginAttempt): Promise<void>;
}

const memorySeconds = 3600;

/**
 * Creates what slows guessing down: a delay that doubles with each failure, per account and per client address,
 * kept by all instances together. Nobody is locked out for ever; an address that the account was logged in to
 * from before has a delay of its own, so that strangers' failures do not keep the owner out.
 */
export function createLoginThrottle(
  counters: RequestCountersRepository,
  settings: {
    readonly failuresPerAccount: number;
    readonly failuresPerAddress: number;
    readonly delaySecondsMax: number;
  },
): LoginThrottle {
  const { failuresPerAccount, failuresPerAddress, delaySecondsMax } = settings;
  const byAccount: DelayPolicy = {
    freeFailures: failuresPerAccount,
    delaySecondsMax,
    memorySeconds,
  };
  const byAddress: DelayPolicy = {
    freeFailures: failuresPerAddress,
    delaySecondsMax,
    memorySeconds,
  };

  return {
    async enter(attempt) {
      // The address first: while it must wait, it cannot add to an account's failures.
      const address = await counters.attempt(addressSubject(attempt), byAddress);
      if (address > 0) throw tooManyRequests(address);
      const account = await counters.attempt(accountSubject(attempt), byAccount);
      if (account > 0) throw tooManyRequests(account);
    },
    async succeed(attempt) {
      await counters.reset(accountSubject(attempt));
      await counters.forgive(addressSubject(attempt));
    },
  };
}

function addressSubject({ address }: LoginAttempt): string {
  return `login-address:${address}`;
}

function accountSubject({ email, address, isKnownAddress }: LoginAttempt): string {
  return isKnownAddress ? `login-account:${email}:${address}` : `login-account:${email}`;
}
