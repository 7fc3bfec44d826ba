import { runBesidePlatform } from './dev/run-beside-platform.ts';

/** Prisma's CLI on the running platform's database: `npx pnpm@12 prisma migrate dev --name what-changes`. */
runBesidePlatform({
  program: 'node_modules/.bin/prisma',
  args: process.argv.slice(2),
  directory: 'libs/database',
  environment: (platform) => (platform ? { DATABASE_URL: platform.databaseUrls.admin } : {}),
});
