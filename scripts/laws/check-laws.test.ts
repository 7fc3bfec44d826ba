import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { checkLaws } from './check-laws.ts';
import { plantRepository, plantTree } from './planted-tree.ts';

const program = resolve(import.meta.dirname, '../laws.ts');

describe('checkLaws', () => {
  test('names place, law and line of every violation, in order', () => {
    const root = plantTree({
      'apps/backend/src/a.ts':
        "import '@aiq/config';\n\nimport {\n  trace,\n} from '@opentelemetry/api';\nconst a =  process.env.A;",
    });

    expect(checkLaws(root)).toEqual({
      files: 1,
      violations: [
        {
          path: 'apps/backend/src/a.ts',
          line: 5,
          column: 8,
          law: 2,
          message: 'only libs/observability imports @opentelemetry/api; use @aiq/observability',
          source: "} from '@opentelemetry/api';",
        },
        expect.objectContaining({
          line: 6,
          column: 12,
          law: 4,
          source: 'const a =  process.env.A;',
        }),
      ],
    });
  });

  test('looks at files that git tracks or would track, and at no generated ones', async () => {
    const root = plantTree({
      '.gitignore': 'ignored/\n',
      'apps/backend/ignored/a.ts': 'process.env',
      'apps/backend/src/generated/a.ts': 'process.env',
      'apps/backend/src/tracked.ts': 'process.env',
      'apps/backend/src/deleted.ts': 'process.env',
      'apps/backend/src/new file.ts': 'process.env',
    });
    await runProgram('git', ['add', 'apps/backend/src/tracked.ts'], { cwd: root });
    await runProgram('git', ['add', 'apps/backend/src/deleted.ts'], { cwd: root });
    rmSync(join(root, 'apps/backend/src/deleted.ts'));

    expect(checkLaws(root).violations.map((violation) => violation.path)).toEqual([
      'apps/backend/src/new file.ts',
      'apps/backend/src/tracked.ts',
    ]);
    expect(checkLaws(root, ['apps/backend/src/tracked.ts']).files).toBe(1);
  });
});

describe('pnpm laws', { timeout: 30_000 }, () => {
  const laws = (cwd: string, ...args: string[]) => runProgram('node', [program, ...args], { cwd });

  test('prints each violation with its line and exits with 1', async () => {
    const root = await plantRepository({
      'apps/backend/src/a.ts': 'export const a = process.env.A;\n',
    });
    const { code, stdout } = await laws(root);

    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'apps/backend/src/a.ts:1:18 law 4: process.env is read only in config.ts, *.config.ts and libs/config',
        '    export const a = process.env.A;',
        'laws: 1 files, 1 violation\n',
      ].join('\n'),
    );
  });

  test('prints a count and exits with 0 when all laws are kept', async () => {
    const root = await plantRepository({ 'apps/backend/src/a.ts': '', 'test/b.ts': 'process.env' });
    const { code, stdout } = await laws(join(root, 'apps'), 'backend');

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'laws: 1 files, 0 violations\n' });
  });

  test('prints JSON when asked', async () => {
    const root = await plantRepository({ 'test/a.ts': "import '@sentry/node'" });
    const { code, stdout } = await laws(root, '--json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ files: 1, violations: [{ law: 2, line: 1 }] });
  });

  test('explains itself', async () => {
    const { code, stdout } = await laws(import.meta.dirname, '--help');

    expect(code).toBe(0);
    expect(stdout).toContain('Usage: pnpm laws');
  });
});
