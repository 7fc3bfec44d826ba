import { loadEnvironment } from '@aiq/config';
import { z } from 'zod';

/** Where tests find a server; without the variable they start their own. */
export function loadTestingConfig(): { readonly TEST_DATABASE_URL?: string | undefined } {
  return loadEnvironment(z.strictObject({ TEST_DATABASE_URL: z.string().min(1).optional() }));
}
