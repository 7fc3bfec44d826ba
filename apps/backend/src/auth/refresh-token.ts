import { createHash, randomBytes } from 'node:crypto';

/** A refresh token as the client keeps it, with the hash that is stored in its place. */
export interface RefreshToken {
  readonly token: string;
  readonly tokenHash: string;
}

/** Creates a refresh token from 32 random bytes. */
export function createRefreshToken(): RefreshToken {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashRefreshToken(token) };
}

/** Gives the stored form of a token. Plain SHA-256 suffices: 256 random bits cannot be guessed. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
