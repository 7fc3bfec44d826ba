import type { Database, Prisma } from '@aiq/database';

export interface NewRefreshToken {
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** A login that lives. */
export interface LiveLogin {
  readonly id: string;
  readonly userId: string;
  /** When the password was given. */
  readonly createdAt: Date;
}

export type RotationOutcome =
  /** `repeated`: the token was spent a moment ago and its successor waits unused, which is given again. */
  | {
      readonly status: 'rotated' | 'repeated';
      readonly login: LiveLogin;
      readonly successorExpiresAt: Date;
    }
  | { readonly status: 'unknown' | 'expired' }
  /** A spent token came back: someone holds a copy, so its login has ended. */
  | { readonly status: 'reused'; readonly userId: string };

const loginColumns = { id: true, userId: true, createdAt: true } as const;

/** The door to logins and auth_tokens. Changes to one login take their turns by a lock on its row. */
export function createLoginsRepository({ prisma }: Database) {
  return {
    /**
     * Adds a login with its first token, and forgets the user's expired ones; undefined where the user is gone
     * or has another password than the one that was checked.
     */
    async start(
      { userId, passwordVersion }: { readonly userId: string; readonly passwordVersion: number },
      { tokenHash, expiresAt }: NewRefreshToken,
      now: Date,
    ): Promise<LiveLogin | undefined> {
      return prisma.$transaction(async (transaction) => {
        // Against a change of the password, which ends the logins that there are: before it or not at all.
        const unchanged = await transaction.$queryRaw<unknown[]>`
          SELECT id FROM users
          WHERE id = ${userId}::uuid AND password_version = ${passwordVersion} FOR SHARE`;
        if (unchanged.length === 0) return undefined;

        await transaction.login.deleteMany({ where: { userId, expiresAt: { lt: now } } });
        return transaction.login.create({
          data: {
            userId,
            createdAt: now,
            expiresAt,
            authTokens: { create: { tokenHash, expiresAt, createdAt: now } },
          },
          select: loginColumns,
        });
      });
    },

    /** Undefined for a login that has ended, whichever instance ended it. */
    async findLive(id: string, userId: string): Promise<LiveLogin | undefined> {
      const login = await prisma.login.findUnique({ where: { id, userId }, select: loginColumns });
      return login ?? undefined;
    },

    /**
     * Spends a token and adds its successor, once.
     *
     * @param reuseSeconds Time in which a spent token is still answered, while its successor is unused.
     */
    async rotate(
      tokenHash: string,
      successor: NewRefreshToken,
      { now, reuseSeconds }: { readonly now: Date; readonly reuseSeconds: number },
    ): Promise<RotationOutcome> {
      const found = await prisma.authToken.findUnique({ where: { tokenHash } });
      if (found === null) return { status: 'unknown' };
      const { id, loginId } = found;

      return prisma.$transaction(async (transaction): Promise<RotationOutcome> => {
        await lockLogin(transaction, loginId);
        // Read after the lock: what another request did to the token while this one waited is in it.
        const token = await transaction.authToken.findUnique({
          where: { id },
          select: { expiresAt: true, spentAt: true, login: { select: loginColumns } },
        });
        if (token === null) return { status: 'unknown' };
        const { spentAt, expiresAt, login } = token;

        if (spentAt === null) {
          if (expiresAt <= now) return { status: 'expired' };
          await transaction.authToken.update({ where: { id }, data: { spentAt: now } });
          await transaction.authToken.create({ data: { ...successor, loginId, createdAt: now } });
          await transaction.login.update({
            where: { id: loginId },
            data: { expiresAt: successor.expiresAt },
          });
          return { status: 'rotated', login, successorExpiresAt: successor.expiresAt };
        }

        const waiting = await transaction.authToken.findUnique({
          where: { tokenHash: successor.tokenHash, spentAt: null, expiresAt: { gt: now } },
        });
        if (waiting !== null && now.getTime() - spentAt.getTime() <= reuseSeconds * 1000) {
          return { status: 'repeated', login, successorExpiresAt: waiting.expiresAt };
        }
        await transaction.login.delete({ where: { id: loginId } });
        return { status: 'reused', userId: login.userId };
      });
    },

    /** Ends the login that a token descends from, and no other. */
    async endByToken(tokenHash: string): Promise<void> {
      await prisma.login.deleteMany({ where: { authTokens: { some: { tokenHash } } } });
    },

    async endAllOf(userId: string): Promise<void> {
      await prisma.login.deleteMany({ where: { userId } });
    },
  };
}

export type LoginsRepository = ReturnType<typeof createLoginsRepository>;

async function lockLogin(transaction: Prisma.TransactionClient, id: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM logins WHERE id = ${id}::uuid FOR UPDATE`;
}
