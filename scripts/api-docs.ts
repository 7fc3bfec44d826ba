import { createApiDocuments } from './api-docs/documents.ts';
import { writeDocuments } from './write-documents.ts';

const help = `Usage: pnpm api:docs [--check]

Writes what is made from the backend's routes: docs/errors.md, every error code with its routes, and the types that the
contract tests' client is checked with.

  --check  write nothing; exit with 1 when a file is out of date
  --help   print this

Examples:
  npx pnpm@12 api:docs
  npx pnpm@12 api:docs --check`;

process.exitCode = await writeDocuments({
  args: process.argv.slice(2),
  help,
  command: 'api:docs',
  create: createApiDocuments,
});
