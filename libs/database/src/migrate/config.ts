import { loadEnvironment } from '@aiq/config';
import { z } from 'zod';

/** Where to migrate, unless the command line says it. */
export function loadMigrateConfig(): { readonly DATABASE_URL?: string | undefined } {
  return loadEnvironment(z.strictObject({ DATABASE_URL: z.string().min(1).optional() }));
}
