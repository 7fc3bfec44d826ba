/** The services that have a role of their own in the database, and what that role is called. */
export const databaseRoles = {
  backend: 'aiq_backend',
  question_service: 'aiq_question_service',
} as const;
export type DatabaseRole = keyof typeof databaseRoles;
