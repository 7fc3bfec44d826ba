import { argon2Sync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPasswordHashing, type PasswordHashing } from '../../src/auth/password-hashing.ts';

let passwords: PasswordHashing;

beforeAll(async () => {
  passwords = await createPasswordHashing({ hashesAtOnce: 2, hashesWaiting: 2 });
});

describe('createPasswordHashing', () => {
  test('verifies the password that it hashed, and no other', async () => {
    const encoded = await passwords.hash('correct horse');

    expect(await passwords.verify('correct horse', encoded)).toBe(true);
    expect(await passwords.verify('correct horsf', encoded)).toBe(false);
  });

  test('salts: the same password gives another hash each time', async () => {
    const hashes = await Promise.all([passwords.hash('correct'), passwords.hash('correct')]);

    expect(hashes[0]).not.toBe(hashes[1]);
  });

  test('refuses everything for a user that does not exist', async () => {
    expect(await passwords.verify('correct horse', undefined)).toBe(false);
  });

  test('verifies with the cost that a hash was made with', async () => {
    const nonce = Buffer.from('0123456789abcdef');
    const key = argon2Sync('argon2id', {
      message: Buffer.from('correct horse'),
      nonce,
      parallelism: 1,
      tagLength: 32,
      memory: 64,
      passes: 1,
    });
    const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    const cheaper = `$argon2id$v=19$m=64,t=1,p=1$${text(nonce)}$${text(key)}`;

    expect(await passwords.verify('correct horse', cheaper)).toBe(true);
    expect(await passwords.verify('wrong', cheaper)).toBe(false);
  });

  test('knows a hash of another cost than it makes now', async () => {
    const current = await passwords.hash('correct horse');

    expect(passwords.isOutdated(current)).toBe(false);
    expect(passwords.isOutdated(current.replace('m=19456', 'm=9216'))).toBe(true);
    expect(passwords.isOutdated(current.replace('t=2', 't=3'))).toBe(true);
    expect(passwords.isOutdated(current.replace('p=1', 'p=2'))).toBe(true);
  });

  test('refuses at once what finds no room in its queue, and says when to try again', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 9 }, () => passwords.hash('correct horse')),
    );

    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    // Two run, two wait.
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({
      code: 'service_unavailable',
      options: { headers: { 'Retry-After': '3' } },
    });
  });

  test('does the same work for an unknown user as for a known one', async () => {
    const encoded = await passwords.hash('correct horse');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      known.push(await timed(() => passwords.verify('wrong', encoded)));
      unknown.push(await timed(() => passwords.verify('wrong', undefined)));
    }

    const ratio = median(unknown) / median(known);

    // A skipped hash would make it a hundredth.
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
