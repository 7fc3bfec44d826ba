import { defineConfig } from 'vitest/config';

/** What every package's vitest.config.ts starts from: a report per package, which `.ci/run` adds up. */
export const packageTests = defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
