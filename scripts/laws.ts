import { execFileSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLaws, type LawReport } from './laws/check-laws.ts';

const help = `Usage: pnpm laws [--json] [path …]

Checks the laws of this repository in its TypeScript files:
  1  an import never points up: config, testing → observability, database → apps → test, bench, scripts
  2  only libs/observability imports @sentry/* and @opentelemetry/* (and bench, to measure them)
  3  queries are written only in *-repository.ts; clients are made in dependencies.ts, job-queue.ts, libs/database
  4  process.env is read only in config.ts, *.config.ts and libs/config
  5  no package imports the internals of another

  --json   print { files, violations } as JSON
  --help   print this

Exits with 1 when a law is broken.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  console.log(help);
} else {
  const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
  const paths = positionals.map((path) => relative(root, resolve(path)) || '.');
  const report = checkLaws(root, paths);
  console.log(values.json ? JSON.stringify(report, undefined, 2) : format(report));
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}

function format({ files, violations }: LawReport): string {
  const lines = violations.map(
    ({ path, line, column, law, message, source }) =>
      `${path}:${line}:${column} law ${law}: ${message}\n    ${source}`,
  );
  const count = `${violations.length} violation${violations.length === 1 ? '' : 's'}`;
  return [...lines, `laws: ${files} files, ${count}`].join('\n');
}
