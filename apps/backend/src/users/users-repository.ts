import { type Database, isUniqueViolation, uniqueConstraints } from '@aiq/database';

/** A person who may take tests, without the password's hash. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly displayName: string | null;
  readonly createdAt: Date;
}

/** What a login is checked by. */
export interface LoginCandidate {
  readonly user: User;
  readonly passwordHash: string;
  /** Counts changes of the password. */
  readonly passwordVersion: number;
  readonly isKnownAddress: boolean;
}

const userColumns = { id: true, email: true, displayName: true, createdAt: true } as const;

/** The door to users. */
export function createUsersRepository({ prisma }: Database) {
  return {
    /** Gives undefined where the address is taken: the constraint decides, not a look before. */
    async create(input: {
      readonly email: string;
      readonly displayName: string | null;
      readonly passwordHash: string;
    }): Promise<User | undefined> {
      try {
        return await prisma.user.create({ data: input, select: userColumns });
      } catch (error) {
        if (isUniqueViolation(error, uniqueConstraints.userEmail)) return undefined;
        throw error;
      }
    },

    async findById(id: string): Promise<User | undefined> {
      return (await prisma.user.findUnique({ where: { id }, select: userColumns })) ?? undefined;
    },

    /** One query whether there is such a user or not: the time it takes must not tell. */
    async findForLogin(
      email: string,
      { addressHash, usedAfter }: { readonly addressHash: string; readonly usedAfter: Date },
    ): Promise<LoginCandidate | undefined> {
      const [found] = await prisma.$queryRaw<(User & Omit<LoginCandidate, 'user'>)[]>`
        SELECT id, email, display_name AS "displayName", created_at AS "createdAt",
          password_hash AS "passwordHash", password_version AS "passwordVersion",
          EXISTS (
            SELECT FROM known_addresses
            WHERE user_id = users.id AND address_hash = ${addressHash} AND last_login_at > ${usedAfter}
          ) AS "isKnownAddress"
        FROM users WHERE email = ${email}`;
      if (found === undefined) return undefined;
      const { passwordHash, passwordVersion, isKnownAddress, ...user } = found;
      return { user, passwordHash, passwordVersion, isKnownAddress };
    },

    /** Gives undefined where there is no such user. */
    async rename(id: string, displayName: string | null): Promise<User | undefined> {
      const [user] = await prisma.user.updateManyAndReturn({
        where: { id },
        data: { displayName },
        select: userColumns,
      });
      return user;
    },

    /** Puts another hash of the same password in the place of `outdated`, unless that has gone meanwhile. */
    async replacePasswordHash(id: string, outdated: string, passwordHash: string): Promise<void> {
      await prisma.user.updateMany({
        where: { id, passwordHash: outdated },
        data: { passwordHash },
      });
    },

    /** Changes the password and ends every login, in one step; false where it was changed since `passwordVersion`. */
    async changePassword(
      id: string,
      passwordVersion: number,
      passwordHash: string,
    ): Promise<boolean> {
      return prisma.$transaction(async (transaction) => {
        const { count } = await transaction.user.updateMany({
          where: { id, passwordVersion },
          data: { passwordHash, passwordVersion: passwordVersion + 1 },
        });
        if (count === 1) await transaction.login.deleteMany({ where: { userId: id } });
        return count === 1;
      });
    },
  };
}

export type UsersRepository = ReturnType<typeof createUsersRepository>;
