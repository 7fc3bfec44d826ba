import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { createDocuments, type Document } from './telemetry-docs/documents.ts';

const help = `Usage: pnpm telemetry:docs [--check]

Writes docs/telemetry.md from the metric catalogues of all services, with the places that record each metric,
and docs/configuration.md from the schema of telemetry's configuration.

  --check  write nothing; exit with 1 when a document is out of date
  --help   print this

Examples:
  npx pnpm@12 telemetry:docs
  npx pnpm@12 telemetry:docs --check`;

process.exitCode = run(process.argv.slice(2));

function run(args: string[]): number {
  const parsed = parse(args);
  if (typeof parsed === 'number') return parsed;
  const stale = createDocuments().filter((document) => readText(document) !== document.text);
  for (const { path, text } of stale) {
    if (!parsed.check) writeFileSync(path, text);
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'is out of date' : 'written'}`);
  }
  if (stale.length === 0) console.log('The documents are up to date.');
  if (!parsed.check || stale.length === 0) return 0;
  console.log('Run `npx pnpm@12 telemetry:docs`.');
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

function readText({ path }: Document): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not there yet: as good as out of date
  }
}
