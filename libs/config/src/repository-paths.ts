import { join, resolve } from 'node:path';

/** Absolute path of the checkout this package lies in. */
export const repositoryRoot: string = resolve(import.meta.dirname, '../../..');

/** Absolute path of the folder with what an operator may change. */
export const configDirectory: string = join(repositoryRoot, 'config');
