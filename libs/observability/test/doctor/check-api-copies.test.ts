import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { expect, test } from 'vitest';
import { checkApiCopies } from '../../src/doctor/check-api-copies.ts';
import { folder } from './patient.ts';

const api = '@opentelemetry/api';

/** Writes a package that depends on `dependencies`, found beside or below it. */
function plant(directory: string, name: string, dependencies: string[], version = '1.0.0'): string {
  mkdirSync(directory, { recursive: true });
  const manifest = {
    name,
    version,
    dependencies: Object.fromEntries(dependencies.map((d) => [d, '*'])),
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  return directory;
}

test('one copy that all share is well', () => {
  const app = plant(folder(), 'app', [api, 'library']);
  plant(join(app, 'node_modules', api), api, [], '1.10.0');
  plant(join(app, 'node_modules/library'), 'library', [api]);

  expect(checkApiCopies({ directory: app })).toMatchObject({
    status: 'ok',
    message: 'one copy, 1.10.0',
  });
});

test('a second one, deep below, is found with its place', () => {
  const app = plant(folder(), 'app', [api, 'library']);
  plant(join(app, 'node_modules', api), api, [], '1.10.0');
  const library = plant(join(app, 'node_modules/library'), 'library', ['inner']);
  const inner = plant(join(library, 'node_modules/inner'), 'inner', [api]);
  plant(join(inner, 'node_modules', api), api, [], '1.9.1');

  const result = checkApiCopies({ directory: app });

  expect(result).toMatchObject({ status: 'failed', advice: expect.stringContaining('overrides') });
  expect(result.message).toContain('2 copies');
  expect(result.message).toContain(`1.9.1 in ${join(inner, 'node_modules', api)}`);
});

test('none at all is told', () => {
  expect(checkApiCopies({ directory: plant(folder(), 'app', [api]) })).toMatchObject({
    status: 'failed',
    advice: expect.stringContaining('install'),
  });
});

test.each(['backend', 'question-service'])('%s of this repository has one', (app) => {
  expect(checkApiCopies({ directory: join(repositoryRoot, 'apps', app) }).status).toBe('ok');
});
