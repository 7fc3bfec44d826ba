import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { createDocuments, findLeftovers } from './src/documents.ts';

const help = `Usage: pnpm ops:generate [--check]

Writes the dashboards, alert rules with their unit tests, and Alertmanager's configuration from ops/src.

  --check  write nothing; exit with 1 when a file is out of date
  --help   print this

Examples:
  npx pnpm@12 ops:generate
  npx pnpm@12 ops:generate --check`;

process.exitCode = run(process.argv.slice(2));

function run(args: string[]): number {
  const parsed = parse(args);
  if (typeof parsed === 'number') return parsed;
  const stale = createDocuments().filter(({ path, text }) => readText(path) !== text);
  const leftovers = findLeftovers();
  for (const { path, text } of stale) {
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'is out of date' : 'written'}`);
    if (parsed.check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const path of leftovers) {
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'has no source' : 'removed'}`);
    if (!parsed.check) rmSync(path);
  }
  if (stale.length + leftovers.length === 0) console.log('The files are up to date.');
  if (!parsed.check || stale.length + leftovers.length === 0) return 0;
  console.log('Run `npx pnpm@12 ops:generate`.');
  return 1;
}

function parse(args: string[]): { check: boolean } | number {
  try {
    const { values } = parseArgs({
      args,
      options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (!values.help) return { check: values.check ?? false };
    console.log(help);
    return 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 3;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not there yet: as good as out of date
  }
}
