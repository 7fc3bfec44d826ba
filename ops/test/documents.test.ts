import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { createDocuments, findLeftovers } from '../src/documents.ts';

describe('generated files', () => {
  test.for(
    createDocuments().map(
      (document) => [relative(repositoryRoot, document.path), document] as const,
    ),
  )('%s is what `pnpm ops:generate` writes', ([, { path, text }]) => {
    expect(existsSync(path) && readFileSync(path, 'utf8'), 'run `npx pnpm@12 ops:generate`').toBe(
      text,
    );
  });

  test('each has a source', () => {
    expect(findLeftovers()).toEqual([]);
  });
});
