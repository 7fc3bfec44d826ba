import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ProblemError } from '../problem/problem-error.ts';
import { createWorkQueue, QueueFullError } from './work-queue.ts';

const deriveKey = promisify(argon2);

interface Cost {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  /** Lanes. */
  readonly parallelism: number;
}

/** The first choice of the OWASP Password Storage Cheat Sheet for argon2id. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const keyBytes = 32;
const saltBytes = 16;
const encodedPattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

export interface PasswordHashing {
  /** Gives the encoded hash: algorithm, cost, salt and key, so that the cost can change later. */
  hash(password: string): Promise<string>;
  /** Compares in constant time. Without a hash it does the same work and gives false: no user, same time. */
  verify(password: string, encoded: string | undefined): Promise<boolean>;
  /** Whether the hash was made with another cost than is asked for now. */
  isOutdated(encoded: string): boolean;
}

/**
 * Creates argon2id hashing. A hash takes 19 MiB and a thread of libuv's pool for some 30 ms, so `hashesAtOnce`
 * bounds the memory and leaves threads to others. Where `hashesWaiting` wait already, hash and verify throw
 * {ProblemError} service_unavailable with Retry-After.
 */
export async function createPasswordHashing(limits: {
  readonly hashesAtOnce: number;
  readonly hashesWaiting: number;
}): Promise<PasswordHashing> {
  const queue = createWorkQueue({ atOnce: limits.hashesAtOnce, waitingMax: limits.hashesWaiting });
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await queue.run(work);
    } catch (error) {
      if (error instanceof QueueFullError) throw overloaded(error);
      throw error;
    }
  };
  const unknownUserHash = await hashPassword(randomBytes(16).toString('hex'));

  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    async verify(password, encoded) {
      const matches = await inTurn(() => verifyPassword(password, encoded ?? unknownUserHash));
      return matches && encoded !== undefined;
    },
    isOutdated: (encoded) => {
      const made = parseHash(encoded).cost;
      return (
        made.memory !== cost.memory ||
        made.passes !== cost.passes ||
        made.parallelism !== cost.parallelism
      );
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
  const { salt, expected, cost: made } = parseHash(encoded);
  return timingSafeEqual(await derive(password, salt, made), expected);
}

function parseHash(encoded: string): { cost: Cost; salt: Buffer; expected: Buffer } {
  const match = encodedPattern.exec(encoded);
  if (match === null) throw new TypeError('the stored password hash is not an argon2id hash');
  const [, memory, passes, parallelism, salt = '', expected = ''] = match;
  return {
    cost: {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    },
    salt: Buffer.from(salt, 'base64'),
    expected: Buffer.from(expected, 'base64'),
  };
}

function derive(password: string, nonce: Buffer, parameters: Cost): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return deriveKey('argon2id', { message, nonce, tagLength: keyBytes, ...parameters });
}

/** Base64 without padding, as encoded hashes have it. */
function toText(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function overloaded(cause: QueueFullError): ProblemError {
  return new ProblemError('service_unavailable', {
    detail: 'Too many log in at this moment. Try again in a few seconds.',
    headers: { 'Retry-After': '3' },
    cause,
  });
}
