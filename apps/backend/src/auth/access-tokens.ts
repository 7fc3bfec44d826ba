import { jwtVerify, SignJWT } from 'jose';
import { JOSEError } from 'jose/errors';
import { z } from 'zod';
import type { Clock } from '../clock.ts';

const algorithm = 'HS256';
const issuer = 'aiq-backend';
const audience = 'aiq-api';

/** Whose token it is, and the login that it ends with. */
export interface AccessClaims {
  readonly userId: string;
  readonly loginId: string;
}

export interface AccessTokens {
  readonly seconds: number;
  issue(claims: AccessClaims): Promise<string>;
  /** Undefined for a token that is forged, expired or not meant for this API. */
  verify(token: string): Promise<AccessClaims | undefined>;
}

const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid() });

/**
 * Creates signed access tokens (JWT), short-lived. Whether the login lives is another question, asked of the
 * database at each request.
 */
export function createAccessTokens(options: {
  readonly secret: string;
  readonly seconds: number;
  readonly clock: Clock;
}): AccessTokens {
  const { seconds, clock } = options;
  const key = new TextEncoder().encode(options.secret);
  return {
    seconds,
    issue({ userId, loginId }) {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ sid: loginId })
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
          requiredClaims: ['sub', 'sid', 'exp'],
        });
        const claims = claimsSchema.safeParse(payload);
        return claims.success ? { userId: claims.data.sub, loginId: claims.data.sid } : undefined;
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
}
