import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';

/** Exit codes of a process that could not start. */
const exitCodes = { configuration: 3, database: 4 } as const;

/** A failure to start that its message explains, with its exit code; none for what nobody expected. */
export function startUpFailure(error: unknown): { message: string; code: number } | undefined {
  if (error instanceof ConfigError)
    return { message: error.message, code: exitCodes.configuration };
  if (error instanceof DatabaseError) {
    const isSetting = error.code === 'database_url_invalid';
    const code = isSetting ? exitCodes.configuration : exitCodes.database;
    return { message: error.message, code };
  }
  const { code, address, port } = error as { code?: unknown; address?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    const message = `${address}:${port} is taken: set QUESTION_SERVICE_PORT to a free port, or stop what listens there`;
    return { message, code: 1 };
  }
  return undefined;
}
