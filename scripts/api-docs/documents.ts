import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import type { Document } from '../write-documents.ts';
import { readApi } from './read-api.ts';
import { writeErrors } from './write-errors.ts';
import { writeTypes } from './write-types.ts';

/** The files that are made from the backend's OpenAPI document, as they should be. */
export async function createApiDocuments(): Promise<readonly Document[]> {
  const api = await readApi();
  const at = (...parts: string[]): string => join(repositoryRoot, ...parts);
  return [
    { path: at('docs', 'errors.md'), text: writeErrors(api) },
    {
      path: at('apps', 'backend', 'test', 'contract', 'api-types.ts'),
      text: await writeTypes(api),
    },
  ];
}
