/** @module Runs one package's tests with coverage: `node run-tests.ts <folder> <dumps of programs> <report>`. */
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { startVitest } from 'vitest/node';

const [folder = '', programs = '', report = ''] = process.argv.slice(2);

const vitest = await startVitest([], {
  root: join(repositoryRoot, folder),
  run: true,
  watch: false,
  reporters: ['dot'],
  // Whatever runs is counted, which takes its time.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // Node.js hands it on to every program that a test starts, whatever its environment, and each writes what it ran.
  env: { NODE_V8_COVERAGE: programs },
  coverage: {
    enabled: true,
    provider: 'v8',
    include: [folder === 'scripts' ? '**/*.ts' : 'src/**/*.ts'],
    exclude: ['src/generated/**', '**/*.test.ts', '*.config.ts'],
    reporter: ['json'],
    reportsDirectory: report,
    reportOnFailure: true,
  },
});
await vitest.close();
