import { writeDocuments } from '../scripts/write-documents.ts';
import { createDocuments, findLeftovers } from './src/documents.ts';

const help = `Usage: pnpm ops:generate [--check]

Writes the dashboards, alert rules with their unit tests, and Alertmanager's configuration from ops/src.

  --check  write nothing; exit with 1 when a file is out of date
  --help   print this

Examples:
  npx pnpm@12 ops:generate
  npx pnpm@12 ops:generate --check`;

process.exitCode = await writeDocuments({
  args: process.argv.slice(2),
  help,
  command: 'ops:generate',
  noun: 'files',
  create: createDocuments,
  findLeftovers,
});
