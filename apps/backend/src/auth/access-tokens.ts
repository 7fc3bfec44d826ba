import { jwtVerify, SignJWT } from 'jose';
import { JOSEError } from 'jose/errors';
import type { Clock } from '../clock.ts';

const algorithm = 'HS256';
const issuer = 'aiq-backend';
const audience = 'aiq-api';

export interface AccessTokens {
  readonly seconds: number;
  issue(userId: string): Promise<string>;
  /** Gives the user's id; undefined for a token that is forged, expired or not meant for this API. */
  verify(token: string): Promise<string | undefined>;
}

/** Creates signed access tokens (JWT): short-lived, checked without the database. */
export function createAccessTokens(options: {
  readonly secret: string;
  readonly seconds: number;
  readonly clock: Clock;
}): AccessTokens {
  const { seconds, clock } = options;
  const key = new TextEncoder().encode(options.secret);
  return {
    seconds,
    issue(userId) {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(key);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          currentDate: clock.now(),
          requiredClaims: ['sub', 'exp'],
        });
        return payload.sub;
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
}
