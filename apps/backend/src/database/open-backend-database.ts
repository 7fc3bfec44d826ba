export interface OpenedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Gives the database that is configured, which may come up later; else the embedded one of this checkout.
 * Undefined where that could not be opened, which is said on standard error.
 */
export async function openBackendDatabase(
  url: string | undefined,
  log: (line: string) => void,
): Promise<OpenedDatabase | undefined> {
  if (url !== undefined) return { url, stop: async () => {} };
  try {
    // Loaded where it is needed: deployments have no embedded Postgres.
    const { openLocalDatabase } = await import('@aiq/database/embedded');
    const local = await openLocalDatabase({ log });
    return { url: local.urlFor('backend'), stop: () => local.stop() };
  } catch (error) {
    process.stderr.write(
      `the embedded database could not be opened: ${(error as Error).message}\n`,
    );
    return undefined;
  }
}
