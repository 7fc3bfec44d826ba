import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { runProgram } from '@aiq/testing';
import { describe, expect, test } from 'vitest';

const coverage = (args: readonly string[]) =>
  runProgram('node', [join(repositoryRoot, 'scripts/coverage.ts'), ...args]);

describe('pnpm coverage', () => {
  test('explains itself with examples, and knows every package that has tests', async () => {
    const { code, stdout } = await coverage(['--help']);

    expect(stdout).toContain('Examples:');
    for (const folder of ['libs/observability', 'apps/backend', 'scripts']) {
      expect(stdout).toContain(folder);
    }
    expect(code).toBe(0);
  });

  test.each([[['libs/nothing']], [['--fils']]])(
    'ends with 3 and its usage for %j',
    async (args) => {
      const { code, stderr } = await coverage(args);

      expect(stderr).toContain('Usage: pnpm coverage');
      expect(code).toBe(3);
    },
  );
});
