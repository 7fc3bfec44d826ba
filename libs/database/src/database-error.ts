/** Every code a {@link DatabaseError} can carry. */
export const databaseErrorCodes = [
  'database_url_invalid',
  'database_unreachable',
  'database_authentication_failed',
  'database_not_found',
  'database_migration_failed',
  'embedded_postgres_unavailable',
  'embedded_postgres_failed',
] as const;
export type DatabaseErrorCode = (typeof databaseErrorCodes)[number];

/** A database that cannot be used as it is. The message names host and port, never a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
