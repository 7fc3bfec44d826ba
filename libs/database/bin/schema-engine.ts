#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` (PRISMA_SCHEMA_ENGINE_BINARY, see prisma.config.ts):
// the same JSON-RPC over standard input and output, answered by the engine's WASM build.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { toConnectionError } from '../src/connection-error.ts';
import { DatabaseError } from '../src/database-error.ts';
import { ensureDatabase } from '../src/ensure-database.ts';
import {
  createSchemaEngine,
  type RunningSchemaEngine,
} from '../src/schema-engine/create-schema-engine.ts';
import { withClient } from '../src/with-client.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const datasource = JSON.parse(String(values['datasource'] ?? '{}')) as {
  url?: string;
  shadowDatabaseUrl?: string;
};
// `diff` between two files needs no database, but the engine wants an address.
const url = datasource.url ?? 'postgresql://none@127.0.0.1:1/none';

/** Prisma's names for what {@link DatabaseError} says. */
const prismaCodes: Partial<Record<string, string>> = {
  database_authentication_failed: 'P1000',
  database_not_found: 'P1003',
  database_url_invalid: 'P1013',
};

async function runCommand(command: string | undefined): Promise<number> {
  try {
    if (command === 'create-database') await ensureDatabase(url);
    else await withClient(url, async () => {});
    return 0;
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : '';
    const fields = {
      error_code: prismaCodes[code] ?? 'P1001',
      message: (error as Error).message,
    };
    const entry = { level: 'ERROR', target: 'schema_engine::logger', fields };
    process.stderr.write(`\n${JSON.stringify(entry)}\n`);
    return 1;
  }
}

async function serve(): Promise<void> {
  let started: Promise<RunningSchemaEngine> | undefined;
  let prints = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { id, method, params } = JSON.parse(line) as {
      id: number;
      method?: string;
      params: Record<string, unknown>;
    };
    if (!method) continue; // the CLI's answer to a `print`
    try {
      send({ id, result: await call(method, params) });
    } catch (error) {
      send({ id, error: toRpcError(toConnectionError(error, url)) });
    }
  }

  async function call(method: string, params: Record<string, unknown>): Promise<unknown> {
    if (method === 'createDatabase') return { databaseName: await ensureDatabase(url) };
    started ??= createSchemaEngine({
      url,
      shadowUrl: datasource.shadowDatabaseUrl,
      datamodels: (values['datamodels'] as string[] | undefined)?.map((path): [string, string] => [
        path,
        readFileSync(path, 'utf8'),
      ]),
    });
    const { engine } = await started;
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    const command = Reflect.get(engine, name) as ((p: unknown) => Promise<unknown>) | undefined;
    if (!command) throw new Error(`the WASM schema engine has no method ${method}`);
    const result = await command.call(engine, params);
    if (method === 'diff') {
      const { stdout } = result as { stdout: string | null };
      const print = { id: `print-${prints++}`, method: 'print', params: { content: stdout } };
      if (stdout) send(print);
    }
    return result ?? {};
  }
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function toRpcError(error: unknown): object {
  const { message, code, meta } = error as { message: string; code?: string; meta?: unknown };
  const known = code && meta ? { error_code: code, meta } : {};
  return { code: 4466, message, data: { is_panic: false, message, ...known } };
}

if (positionals[0] === 'cli') process.exit(await runCommand(positionals[1]));
await serve();
process.exit(0);
