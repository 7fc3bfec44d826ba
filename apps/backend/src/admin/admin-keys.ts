import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A bearer of /v1/admin, with the name that logs know it by. */
export interface AdminKey {
  readonly name: string;
  readonly token: string;
}

/** `name:token,name:token`: while a key is exchanged both are taken. Messages never show a token. */
export function adminKeysSchema(tokenLengthMin: number) {
  const keySchema = z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name such as question-service'),
    token: z
      .string()
      .regex(/^[\w.~+/=-]+$/, 'expected a bearer token')
      .min(tokenLengthMin),
  });
  return z
    .string()
    .transform((text) => text.split(',').map(parseKey))
    .pipe(z.array(keySchema))
    .refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length, {
      message: 'expected a name of its own for each key',
    });
}

function parseKey(pair: string): AdminKey {
  const [name = '', ...rest] = pair.trim().split(':');
  return { name, token: rest.join(':') };
}

/**
 * Creates what finds the key that a token is. Every key is compared, in constant time and over digests: how long it
 * takes tells nothing of a token, its length, or which key came near.
 */
export function createFindAdminKey(
  keys: readonly AdminKey[],
): (token: string) => AdminKey | undefined {
  const known = keys.map((key) => ({ key, expected: digest(key.token) }));
  return (token) => {
    const given = digest(token);
    return known.filter(({ expected }) => timingSafeEqual(given, expected)).at(0)?.key;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
