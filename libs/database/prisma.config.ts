import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma would download its native schema engine at first use. This one is the WASM build of the same
// engine, from the lockfile: it works offline. Set the variable to use a native engine instead.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
  new URL('./bin/schema-engine.ts', import.meta.url),
);

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // `generate` and `validate` need no database; every other command says that it cannot reach this one.
  datasource: {
    url: process.env['DATABASE_URL'] ?? 'postgresql://set-DATABASE_URL@127.0.0.1:1/aiq',
  },
});
