import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { createDocuments } from './documents.ts';
import { readCatalogues } from './metric-catalogues.ts';

test.for(createDocuments().map((document) => [basename(document.path), document] as const))(
  'docs/%s is what `pnpm telemetry:docs` writes',
  ([, { path, text }]) => {
    expect(readFileSync(path, 'utf8'), 'run `npx pnpm@12 telemetry:docs`').toBe(text);
  },
);

test('every service with a catalogue is in the reference', () => {
  const folders = globSync('apps/*/src/telemetry/catalogue.ts', { cwd: repositoryRoot })
    .map((path) => path.split(/[\\/]/).slice(0, 2).join('/'))
    .sort();

  expect(readCatalogues().map(({ folder }) => folder)).toEqual([...folders, 'libs/observability']);
});

describe.for(readCatalogues().map((catalogue) => [catalogue.service, catalogue] as const))(
  'the metrics of %s',
  ([, { metrics }]) => {
    test('are each recorded somewhere', () => {
      const unused = metrics.filter(({ recordedAt }) => recordedAt.length === 0);

      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  },
);
