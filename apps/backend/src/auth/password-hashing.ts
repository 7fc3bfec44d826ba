import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const deriveKey = promisify(argon2);

/** Memory in KiB, passes, lanes: the first choice of the OWASP Password Storage Cheat Sheet for argon2id. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const keyBytes = 32;
const saltBytes = 16;
const encodedPattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

export interface PasswordHashing {
  /** Gives the encoded hash: algorithm, cost, salt and key, so that the cost can change later. */
  hash(password: string): Promise<string>;
  /** Compares in constant time. Without a hash it does the same work and gives false: no user, same time. */
  verify(password: string, encoded: string | undefined): Promise<boolean>;
}

/** Creates argon2id hashing. Each call uses 19 MiB on a thread of libuv's pool, which bounds how many run. */
export async function createPasswordHashing(): Promise<PasswordHashing> {
  const unknownUserHash = await hashPassword(randomBytes(16).toString('hex'));
  return {
    hash: hashPassword,
    async verify(password, encoded) {
      const matches = await verifyPassword(password, encoded ?? unknownUserHash);
      return matches && encoded !== undefined;
    },
  };
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toText(salt)}$${toText(key)}`;
}

async function verifyPassword(password: string, encoded: string): Promise<boolean> {
  const match = encodedPattern.exec(encoded);
  if (match === null) throw new TypeError('the stored password hash is not an argon2id hash');
  const [, memory, passes, parallelism, salt = '', expected = ''] = match;
  const key = await derive(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(key, Buffer.from(expected, 'base64'));
}

function derive(
  password: string,
  nonce: Buffer,
  parameters: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return deriveKey('argon2id', { message, nonce, tagLength: keyBytes, ...parameters });
}

/** Base64 without padding, as encoded hashes have it. */
function toText(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
