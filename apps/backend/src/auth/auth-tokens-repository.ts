import { randomUUID } from 'node:crypto';
import type { Database, Prisma } from '@aiq/database';
import { isForeignKeyViolation } from '../database/foreign-key-violation.ts';

export interface NewAuthToken {
  readonly userId: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

export type RotationOutcome =
  | { readonly status: 'rotated'; readonly userId: string }
  | { readonly status: 'unknown' | 'expired' }
  /** A spent token came back: someone holds a copy, so the whole family is revoked. */
  | { readonly status: 'reused'; readonly userId: string };

/** The door to auth_tokens. Changes to one user's tokens take their turns by a lock on the user's row. */
export function createAuthTokensRepository({ prisma }: Database) {
  return {
    /** Adds the first token of a new family, and forgets the user's expired ones; false for no such user. */
    async addFamily(token: NewAuthToken, now: Date): Promise<boolean> {
      await prisma.authToken.deleteMany({
        where: { userId: token.userId, expiresAt: { lt: now } },
      });
      try {
        await prisma.authToken.create({ data: { ...token, familyId: randomUUID() } });
        return true;
      } catch (error) {
        if (isForeignKeyViolation(error)) return false;
        throw error;
      }
    },

    /** Spends a token and adds its successor, once: a second use of the same token is a reuse. */
    async rotate(
      tokenHash: string,
      successor: Omit<NewAuthToken, 'userId'>,
      now: Date,
    ): Promise<RotationOutcome> {
      const known = await prisma.authToken.findUnique({ where: { tokenHash } });
      if (known === null) return { status: 'unknown' };
      const { id, userId, familyId } = known;

      return prisma.$transaction(async (transaction): Promise<RotationOutcome> => {
        await lockUser(transaction, userId);
        const spent = await transaction.authToken.updateMany({
          where: { id, revokedAt: null, expiresAt: { gt: now } },
          data: { revokedAt: now },
        });
        if (spent.count === 1) {
          await transaction.authToken.create({ data: { ...successor, userId, familyId } });
          return { status: 'rotated', userId };
        }
        const revoked = await transaction.authToken.findUnique({
          where: { id, revokedAt: { not: null } },
        });
        if (revoked === null) return { status: 'expired' };
        await transaction.authToken.updateMany({
          where: { familyId, revokedAt: null },
          data: { revokedAt: now },
        });
        return { status: 'reused', userId };
      });
    },

    /** Revokes the family of a token: the login it came from, and no other. */
    async revokeFamilyOf(tokenHash: string, now: Date): Promise<void> {
      const known = await prisma.authToken.findUnique({ where: { tokenHash } });
      if (known === null) return;
      await prisma.$transaction(async (transaction) => {
        await lockUser(transaction, known.userId);
        await transaction.authToken.updateMany({
          where: { familyId: known.familyId, revokedAt: null },
          data: { revokedAt: now },
        });
      });
    },

    async revokeAllOf(userId: string, now: Date): Promise<void> {
      await prisma.$transaction(async (transaction) => {
        await lockUser(transaction, userId);
        await transaction.authToken.updateMany({
          where: { userId, revokedAt: null },
          data: { revokedAt: now },
        });
      });
    },
  };
}

export type AuthTokensRepository = ReturnType<typeof createAuthTokensRepository>;

/** Without it a token that is being added while its family is revoked would survive. */
async function lockUser(transaction: Prisma.TransactionClient, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
}
