import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import type { Document } from './documents.ts';

/** Writes documents that are out of date, or tells of them where asked to check; gives the exit code. */
export async function writeDocuments(options: {
  readonly args: readonly string[];
  readonly help: string;
  /** What is run to write them. */
  readonly command: string;
  readonly create: () => readonly Document[] | Promise<readonly Document[]>;
}): Promise<number> {
  const parsed = parse(options.args, options.help);
  if (typeof parsed === 'number') return parsed;
  const documents = await options.create();
  const stale = documents.filter((document) => readText(document) !== document.text);
  for (const { path, text } of stale) {
    if (!parsed.check) writeFileSync(path, text);
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'is out of date' : 'written'}`);
  }
  if (stale.length === 0) console.log('The documents are up to date.');
  if (!parsed.check || stale.length === 0) return 0;
  console.log(`Run \`npx pnpm@12 ${options.command}\`.`);
  return 1;
}

function parse(args: readonly string[], help: string): { check: boolean } | number {
  try {
    const { values } = parseArgs({
      args: [...args],
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
