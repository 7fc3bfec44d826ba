import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
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

/** Turborepo makes the database client and the console's page, and keeps them; asked only where they may be out of date. */
function makeWhatIsMade(): void {
  if (isGenerated() && isPageBuilt()) return;
  console.log('aiq  Making the database client and the page of the console.');
  const args = ['run', 'generate', 'page', '--output-logs=errors-only', '--log-prefix=none'];
  const made = spawnSync('turbo', args, {
    cwd: repositoryRoot,
    env: childEnvironment({ TURBO_TELEMETRY_DISABLED: '1' }),
    encoding: 'utf8',
  });
  if (made.status === 0) return;
  console.error(made.error ?? `${made.stdout}${made.stderr}`);
  console.error('The database client or the page could not be made. Try: npx pnpm@12 install');
  process.exit(1);
}

function isGenerated(): boolean {
  const changedAt = (path: string): number =>
    statSync(join(repositoryRoot, 'libs/database', path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'package.json'];
  return changedAt('src/generated/prisma/client.ts') > Math.max(...sources.map(changedAt));
}

/** Newer than every source of it. */
function isPageBuilt(): boolean {
  const page = join(repositoryRoot, 'apps/console/page');
  const builtAt = statSync(join(page, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(page, 'src'), { recursive: true, withFileTypes: true });
  const changedAt = sources
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return builtAt > Math.max(...changedAt);
}

// Compiled once, kept for the next start; the services get the same directory by NODE_COMPILE_CACHE.
enableCompileCache(compileCacheDirectory);
const flags = parseFlags();
if ('exitCode' in flags) {
  console.log(flags.text);
  process.exit(flags.exitCode);
}
makeWhatIsMade();
// Not before: it needs the generated client.
const { runPlatform } = await import('./dev/platform.ts');
process.exit(await runPlatform(flags));
