import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { problemCodeNames, problemCodes, problemHelp } from '@aiq/backend/reference';
import { repositoryRoot } from '@aiq/config';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Document } from '../write-documents.ts';
import { createApiDocuments } from './documents.ts';
import { listRoutes } from './error-routes.ts';
import { type ApiDocument, readApi } from './read-api.ts';

let api: ApiDocument;
let documents: readonly Document[];

beforeAll(async () => {
  api = await readApi();
  documents = await createApiDocuments();
});

test.for(['docs/errors.md', 'apps/backend/test/contract/api-types.ts'])(
  '%s is what `pnpm api:docs` writes',
  (name) => {
    const made = documents.find(({ path }) => relative(repositoryRoot, path) === name);

    expect(made?.text, 'run `npx pnpm@12 api:docs`').toBe(
      readFileSync(`${repositoryRoot}/${name}`, 'utf8'),
    );
  },
);

describe('docs/errors.md', () => {
  const text = readFileSync(`${repositoryRoot}/docs/errors.md`, 'utf8');
  const rows = text.split('\n').filter((line) => /^\| `[a-z_]+` \| \d{3} \|/.test(line));

  test('has a row for each code, and no other', () => {
    const listed = rows.map((row) => /`([a-z_]+)`/.exec(row)?.[1]);

    expect(listed.sort()).toEqual([...problemCodeNames].sort());
  });

  test('says of each its status, when it comes and what to do', () => {
    for (const name of problemCodeNames) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));

      expect(row).toContain(`| ${problemCodes[name].status} | ${problemCodes[name].title} |`);
      expect(row).toContain(problemHelp[name].when);
      expect(row).toContain(problemHelp[name].next);
    }
  });

  test('names the routes of a code that is of some routes only', () => {
    const row = rows.find((line) => line.startsWith('| `question_not_current` |'));

    expect(listRoutes(api, 'question_not_current')).toEqual([
      'POST /v1/test-sessions/{sessionId}/responses',
    ]);
    expect(row).toContain('POST /v1/test-sessions/{sessionId}/responses');
  });
});
