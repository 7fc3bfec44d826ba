import { createHmac, hkdfSync } from 'node:crypto';

/** Gives the HMAC-SHA-256 of a text, in base64url: 43 characters. */
export type KeyedHash = (text: string) => string;

/** Creates a keyed hash for one purpose: keys of different purposes tell nothing of each other (HKDF, RFC 5869). */
export function createKeyedHash(secret: string, purpose: string): KeyedHash {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
