import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  test: {
    include: ['failing.ts'],
    globalSetup: ['../../../src/testing/global-setup.ts'],
    reporters: ['default'],
  },
});
