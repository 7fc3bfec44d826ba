import { defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.package.ts';

// The two files that spawn programs wait more than they work: they run side by side on a small machine too.
export default mergeConfig(
  packageTests,
  defineConfig({ test: { maxWorkers: 2, include: ['examples/**/*.test.ts'] } }),
);
