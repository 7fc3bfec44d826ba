import type { BackendConfig } from '../config.ts';
import { clientAddress } from '../security/client-address.ts';
import type { RequestCountersRepository } from './request-counters-repository.ts';
import { createRequestLimit, type LimitRequests } from './request-limit.ts';

/** The limits that all instances keep together. */
export interface RequestLimits {
  /** By client address: each costs a hash, tells whether an address is taken and makes a row. */
  readonly registrations: LimitRequests;
  /** By client address: logins, refreshes, logouts. */
  readonly authentication: LimitRequests;
  /** By user: what writes. */
  readonly user: LimitRequests;
}

export function createRequestLimits(
  counters: RequestCountersRepository,
  { registrationsPerHour, authPerMinute, userPerMinute }: BackendConfig['rateLimits'],
): RequestLimits {
  return {
    registrations: createRequestLimit(counters, {
      name: 'registrations',
      max: registrationsPerHour,
      windowSeconds: 3600,
      subject: clientAddress,
    }),
    authentication: createRequestLimit(counters, {
      name: 'authentication',
      max: authPerMinute,
      windowSeconds: 60,
      subject: clientAddress,
    }),
    user: createRequestLimit(counters, {
      name: 'user',
      max: userPerMinute,
      windowSeconds: 60,
      subject: ({ userId }) => userId,
    }),
  };
}
