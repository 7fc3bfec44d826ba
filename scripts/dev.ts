import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { compileCacheDirectory } from './dev/compile-cache.ts';
import type { Flags } from './dev/platform.ts';

const help = `Starts the whole platform on this machine: Postgres, console, backend, question-service.

Usage: npx pnpm@12 dev [options]

  --state <directory>  keep the database and the addresses there, apart from this checkout's own
  --no-fill            do not fill an empty question bank
  --help               this text

Examples:
  npx pnpm@12 dev
  BACKEND_PORT=9000 npx pnpm@12 dev
  DATABASE_URL=postgresql://postgres:postgres@127.0.0.1:5432/aiq npx pnpm@12 dev

Ctrl-C stops everything. Where things are is printed, and written to .dev/addresses.json.`;

/** The flags, or what is wrong with them. */
function parseFlags(): Flags | { exitCode: number; text: string } {
  try {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        state: { type: 'string' },
        fill: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { exitCode: 0, text: help };
    const { state, fill } = values;
    return state === undefined
      ? { state: `${repositoryRoot}/.dev`, dataDirectory: undefined, fill }
      : { state: resolve(state), dataDirectory: resolve(state, 'postgres'), fill };
  } catch (error) {
    return { exitCode: 3, text: `${(error as Error).message}\n\n${help}` };
  }
}

/** Turborepo makes the database client from its schema, and keeps it; asked only where it may be out of date. */
function generateClient(): void {
  if (isGenerated()) return;
  const args = ['run', 'generate', '--output-logs=errors-only', '--log-prefix=none'];
  const made = spawnSync('turbo', args, {
    cwd: repositoryRoot,
    env: childEnvironment({ TURBO_TELEMETRY_DISABLED: '1' }),
    encoding: 'utf8',
  });
  if (made.status === 0) return;
  console.error(made.error ?? `${made.stdout}${made.stderr}`);
  console.error('The database client could not be generated. Try: npx pnpm@12 install');
  process.exit(1);
}

function isGenerated(): boolean {
  const changedAt = (path: string): number =>
    statSync(join(repositoryRoot, 'libs/database', path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'package.json'];
  return changedAt('src/generated/prisma/client.ts') > Math.max(...sources.map(changedAt));
}

// Compiled once, kept for the next start; the services get the same directory by NODE_COMPILE_CACHE.
enableCompileCache(compileCacheDirectory);
const flags = parseFlags();
if ('exitCode' in flags) {
  console.log(flags.text);
  process.exit(flags.exitCode);
}
generateClient();
// Not before: it needs the generated client.
const { runPlatform } = await import('./dev/platform.ts');
process.exit(await runPlatform(flags));
