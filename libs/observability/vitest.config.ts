import { defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.package.ts';

// The files that spawn programs wait more than they work: they run side by side on a small machine too, and on one
// that others use as well a program takes its time to start and to end.
export default mergeConfig(
  packageTests,
  defineConfig({
    test: { maxWorkers: 2, testTimeout: 60_000, include: ['examples/**/*.test.ts'] },
  }),
);
