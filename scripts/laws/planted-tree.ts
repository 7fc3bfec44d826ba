import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '@aiq/testing';
import { afterAll, beforeAll } from 'vitest';

/** A repository with the packages of the house, in which a test plants what it looks for. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aiq-laws-')));
beforeAll(async () => {
  await runProgram('git', ['init', '--quiet'], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

const packages: Record<string, string> = Object.fromEntries(
  [
    ['libs/config', 'config', { '.': './src/index.ts' }],
    ['libs/testing', 'testing', { '.': './src/index.ts' }],
    ['libs/database', 'database', { '.': './src/index.ts', './testing': './src/testing/index.ts' }],
    ['libs/observability', 'observability', { '.': './src/index.ts', './files/*': './src/*' }],
    ['apps/backend', 'backend', { '.': './src/app.ts' }],
    ['apps/console', 'console', { '.': './src/app.ts' }],
  ].map(([folder, name, exports]) => [
    `${folder}/package.json`,
    JSON.stringify({ name: `@aiq/${name}`, exports }),
  ]),
);

/** Makes a house with the given files, in a repository that all trees of a test file share. */
export function plantTree(files: Record<string, string>): string {
  const root = mkdtempSync(join(folder, 'tree-'));
  const schema = 'model User {\n}\nmodel TestSession {\n}\n';
  const all = { ...packages, 'libs/database/prisma/schema.prisma': schema, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Makes a house with the given files that is a repository of its own. */
export async function plantRepository(files: Record<string, string>): Promise<string> {
  const root = plantTree(files);
  await runProgram('git', ['init', '--quiet'], { cwd: root });
  return root;
}
