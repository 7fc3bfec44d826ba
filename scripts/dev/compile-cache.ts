import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';

/** Where Node keeps compiled sources between starts. */
export const compileCacheDirectory = join(repositoryRoot, 'node_modules/.cache/node-compile');
