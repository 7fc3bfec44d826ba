import type { Database } from '@aiq/database';
import { isForeignKeyViolation } from '../database/foreign-key-violation.ts';

/** The door to known_addresses: where users logged in from, by keyed hashes. */
export function createKnownAddressesRepository({ prisma }: Database) {
  return {
    /** Remembers an address of a user, and forgets those not used since `oldest`; nothing for a user who is gone. */
    async remember(
      known: { readonly userId: string; readonly addressHash: string },
      { now, oldest }: { readonly now: Date; readonly oldest: Date },
    ): Promise<void> {
      const { userId } = known;
      try {
        await prisma.knownAddress.upsert({
          where: { userId_addressHash: known },
          create: { ...known, lastLoginAt: now },
          update: { lastLoginAt: now },
        });
      } catch (error) {
        if (!isForeignKeyViolation(error)) throw error;
      }
      await prisma.knownAddress.deleteMany({ where: { userId, lastLoginAt: { lt: oldest } } });
    },
  };
}

export type KnownAddressesRepository = ReturnType<typeof createKnownAddressesRepository>;
