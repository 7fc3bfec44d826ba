import { createHmac } from 'node:crypto';
import { parseDatabaseUrl, withCredentials } from '../connection-url.ts';
import { type DatabaseRole, databaseRoles } from './database-role.ts';

/**
 * Gives the connection URL of a service's role, from the administrator's.
 *
 * The password is an HMAC of the administrator's, so that all who provision the same server agree
 * without telling each other. An administrator without a password (trust, peer) gives a role without one.
 */
export function roleUrl(adminUrl: string, role: DatabaseRole): string {
  return withCredentials(adminUrl, databaseRoles[role], rolePassword(adminUrl, role));
}

/** @internal */
export function rolePassword(adminUrl: string, role: DatabaseRole): string {
  const secret = decodeURIComponent(parseDatabaseUrl(adminUrl).password);
  if (secret === '') return '';
  return createHmac('sha256', secret).update(`aiq database role ${role}`).digest('hex');
}
