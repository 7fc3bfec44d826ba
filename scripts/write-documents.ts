import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';

/** A file of the repository that is made from code. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** Writes documents that are out of date, or tells of them where asked to check; gives the exit code. */
export async function writeDocuments(options: {
  readonly args: readonly string[];
  readonly help: string;
  /** What is run to write them. */
  readonly command: string;
  /** What they are called. @default 'documents' */
  readonly noun?: string;
  readonly create: () => readonly Document[] | Promise<readonly Document[]>;
  /** Files that nothing writes any more, to be removed. */
  readonly findLeftovers?: () => readonly string[];
}): Promise<number> {
  const { noun = 'documents', findLeftovers = () => [] } = options;
  const parsed = parse(options.args, options.help);
  if (typeof parsed === 'number') return parsed;
  const documents = await options.create();
  const stale = documents.filter((document) => readText(document) !== document.text);
  const leftovers = findLeftovers();
  for (const { path, text } of stale) {
    if (!parsed.check) write(path, text);
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'is out of date' : 'written'}`);
  }
  for (const path of leftovers) {
    if (!parsed.check) rmSync(path);
    console.log(`${relative(repositoryRoot, path)} ${parsed.check ? 'has no source' : 'removed'}`);
  }
  const isCurrent = stale.length + leftovers.length === 0;
  if (isCurrent) console.log(`The ${noun} are up to date.`);
  if (!parsed.check || isCurrent) return 0;
  console.log(`Run \`npx pnpm@12 ${options.command}\`.`);
  return 1;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
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
