import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';

export const defaultStateDirectory = join(repositoryRoot, '.dev');
