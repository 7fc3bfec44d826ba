import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { packageTests } from '../../vitest.package.ts';

export default mergeConfig(
  packageTests,
  defineConfig({
    test: {
      globalSetup: ['@aiq/database/testing/global-setup'],
      // They start and kill processes by the hundred, and have a configuration of their own.
      exclude: [...configDefaults.exclude, 'test/crash/**'],
    },
  }),
);
