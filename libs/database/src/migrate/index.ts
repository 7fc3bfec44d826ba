export { type DatabaseRole, databaseRoles } from './database-role.ts';
export { migrate } from './migrate.ts';
export { provisionRoles } from './provision-roles.ts';
export { roleUrl } from './role-url.ts';
