import { parseArgs } from 'node:util';
import { addressOf, databaseNameOf } from '../connection-url.ts';
import { DatabaseError } from '../database-error.ts';
import { loadMigrateConfig } from './config.ts';
import { type DatabaseRole, databaseRoles } from './database-role.ts';
import { migrate } from './migrate.ts';
import { provisionRoles } from './provision-roles.ts';
import { roleUrl } from './role-url.ts';

const help = `Migrates the database, and lets the services' roles log in. Run it before a deployment.

  node src/migrate/cli.ts [--url <url>] [--url-of backend|question_service]

  --url <url>       An administrator's connection URL. Default: DATABASE_URL
  --url-of <role>   Only prints the connection URL of that service's role: its DATABASE_URL.
                    It holds a password
  --help            Prints this

Exit codes: 0 migrated, 3 configuration, 4 database.
`;

const exitCodes = { done: 0, configuration: 3, database: 4 } as const;

/** A mistake in how the command was called. */
class UsageError extends Error {}

async function run(): Promise<void> {
  const { values } = parseCommandLine();
  if (values.help) return print(help);
  const url = values.url ?? loadMigrateConfig().DATABASE_URL;
  if (url === undefined) throw new UsageError('no database: set DATABASE_URL or pass --url');
  if (values['url-of'] !== undefined) return print(`${roleUrl(url, toRole(values['url-of']))}\n`);

  const applied = await migrate(url);
  for (const name of applied) print(`applied ${name}\n`);
  await provisionRoles(url);
  const state = applied.length === 0 ? 'was up to date' : 'is up to date';
  print(`"${databaseNameOf(url)}" at ${addressOf(url)} ${state}\n`);
}

function parseCommandLine() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        url: { type: 'string' },
        'url-of': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message} (see --help)`, { cause });
  }
}

function toRole(text: string): DatabaseRole {
  if (Object.hasOwn(databaseRoles, text)) return text as DatabaseRole;
  const expected = Object.keys(databaseRoles).join(' or ');
  throw new UsageError(`expected ${expected} after --url-of, not "${text}"`);
}

function print(text: string): void {
  process.stdout.write(text);
}

try {
  await run();
} catch (error) {
  const { message, code = 'invalid_usage' } = error as { message: string; code?: string };
  const isDatabase = error instanceof DatabaseError && code !== 'database_url_invalid';
  process.stderr.write(`error [${code}]: ${message}\n`);
  process.exitCode = isDatabase ? exitCodes.database : exitCodes.configuration;
}
