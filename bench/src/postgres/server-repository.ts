import type { Database } from '@aiq/database';

/** What a server says of itself. */
export function createServerRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async readVersion(): Promise<string> {
      const [row] = await prisma.$queryRaw<[{ server_version: string }]>`SHOW server_version`;
      return row.server_version;
    },
  };
}
