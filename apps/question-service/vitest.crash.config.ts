import { defineConfig } from 'vitest/config';

/** Processes killed by the hundred: one file at a time, after everything else. */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    globalSetup: ['@aiq/database/testing/global-setup'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest-crash.json' }]],
    fileParallelism: false,
  },
});
