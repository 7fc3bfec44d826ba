import { defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../vitest.package.ts';

/** Each file boots a platform of its own: one at a time. */
export default mergeConfig(
  packageTests,
  defineConfig({
    test: {
      include: ['**/*.test.ts'],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 180_000,
    },
  }),
);
