import { createHash, randomBytes } from 'node:crypto';
import type { KeyedHash } from '../security/keyed-hash.ts';

/** A refresh token as the client keeps it, with the hash that is stored in its place. */
export interface RefreshToken {
  readonly token: string;
  readonly tokenHash: string;
}

/** Creates a refresh token from 32 random bytes. */
export function createRefreshToken(): RefreshToken {
  return withHash(randomBytes(32).toString('base64url'));
}

/**
 * Gives the one successor of a token, by a keyed hash: an answer that was lost can be given again although
 * no token is stored. Who holds a token and not the key cannot tell its successor.
 */
export function successorOf(token: string, keyedHash: KeyedHash): RefreshToken {
  return withHash(keyedHash(`refresh-token:${token}`));
}

/** Gives the stored form of a token. Plain SHA-256 suffices: 256 random bits cannot be guessed. */
export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function withHash(token: string): RefreshToken {
  return { token, tokenHash: hashRefreshToken(token) };
}
