import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { coveredLines, reportSchema } from './test-coverage/covered-lines.ts';
import { formatCoverage, isEnough, type PackageCoverage } from './test-coverage/format-coverage.ts';
import { readProgramCounts } from './test-coverage/program-counts.ts';

/** Percent of lines that a package's own tests must run. */
const linesMin: Readonly<Record<string, number>> = { 'libs/observability': 90 };

const allFolders = globSync('{libs/*,apps/*,ops,scripts}/vitest.config.ts', { cwd: repositoryRoot })
  .map((path) => dirname(path).replaceAll('\\', '/'))
  .sort();

const help = `Usage: pnpm coverage [folder …] [--files]

Runs the tests of each package and prints which share of its lines they ran: in the tests themselves, or in a program
that a test started. Programs that a signal kills tell nothing.

  folder   ${allFolders.join(', ')}; default: all
  --files  print the lines that did not run, too
  --help   print this

Exit code: 0; 1 where a test failed, or a package is below its least (${Object.entries(linesMin)
  .map(([folder, percent]) => `${folder} ${percent} %`)
  .join(', ')}); 3 for an argument that is not understood.

Examples:
  npx pnpm@12 coverage
  npx pnpm@12 coverage libs/observability --files`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'number') return parsed;
  const tables: string[] = [];
  let isWell = true;
  for (const folder of parsed.folders) {
    const { coverage, hasPassed } = await measure(folder);
    tables.push(formatCoverage(coverage, { root: repositoryRoot, showsFiles: parsed.showsFiles }));
    if (!hasPassed) tables.push(`A test of ${folder} failed.`);
    isWell &&= hasPassed && isEnough(coverage);
  }
  console.log(`\n${tables.join('\n\n')}`);
  return isWell ? 0 : 1;
}

async function measure(
  folder: string,
): Promise<{ readonly coverage: PackageCoverage; readonly hasPassed: boolean }> {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-coverage-'));
  const programs = join(directory, 'programs');
  const report = join(directory, 'report');
  try {
    mkdirSync(programs);
    console.log(`\n${folder}`);
    const runTests = join(import.meta.dirname, 'test-coverage/run-tests.ts');
    const tests = spawn(process.execPath, [runTests, folder, programs, report], {
      stdio: 'inherit',
    });
    const [code] = await once(tests, 'exit');
    const found = readFileSync(join(report, 'coverage-final.json'), 'utf8');
    const files = coveredLines(
      reportSchema.parse(JSON.parse(found)),
      readProgramCounts(programs),
      (path) => readFileSync(path, 'utf8'),
    );
    return { coverage: { folder, files, linesMin: linesMin[folder] }, hasPassed: code === 0 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function parse(
  args: string[],
): { readonly folders: readonly string[]; readonly showsFiles: boolean } | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { files: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const unknown = positionals.find((each) => !allFolders.includes(each));
    if (unknown !== undefined) {
      throw new TypeError(`expected ${allFolders.join(', ')}; got ${JSON.stringify(unknown)}`);
    }
    const folders = positionals.length > 0 ? positionals : allFolders;
    return { folders, showsFiles: values.files ?? false };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 3;
  }
}
