import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { strata } from '@aiq/question-service/questions';
import { expect, test } from 'vitest';
import { writeSamples } from './write-samples.ts';

test('docs/sample-questions.md is what `pnpm samples` writes', () => {
  const committed = readFileSync(join(repositoryRoot, 'docs', 'sample-questions.md'), 'utf8');

  expect(committed, 'run `npx pnpm@12 samples`').toBe(writeSamples());
});

test('shows one question of each stratum, of different families', () => {
  const titles = writeSamples().match(/^### .+$/gm) ?? [];

  expect(titles).toHaveLength(strata.length);
  expect(new Set(titles.map((title) => title.split(': ')[1])).size).toBe(strata.length);
});
