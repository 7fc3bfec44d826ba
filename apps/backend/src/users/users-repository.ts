import { type Database, isUniqueViolation, uniqueConstraints } from '@aiq/database';

/** A person who may take tests, without the password's hash. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly displayName: string | null;
  readonly createdAt: Date;
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

    async findWithPasswordHash(
      email: string,
    ): Promise<{ user: User; passwordHash: string } | undefined> {
      const found = await prisma.user.findUnique({
        where: { email },
        select: { ...userColumns, passwordHash: true },
      });
      if (found === null) return undefined;
      const { passwordHash, ...user } = found;
      return { user, passwordHash };
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

    /** Deletes the user and, by cascade, tokens, sessions, responses and results. */
    async delete(id: string): Promise<boolean> {
      const { count } = await prisma.user.deleteMany({ where: { id } });
      return count === 1;
    },
  };
}

export type UsersRepository = ReturnType<typeof createUsersRepository>;
