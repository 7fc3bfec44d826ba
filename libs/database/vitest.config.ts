import { defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.package.ts';

export default mergeConfig(
  packageTests,
  defineConfig({
    test: {
      globalSetup: ['./src/testing/global-setup.ts'],
      // Servers that sync to disk are slow on a busy machine.
      testTimeout: 90_000,
    },
  }),
);
