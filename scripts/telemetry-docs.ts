import { createDocuments } from './telemetry-docs/documents.ts';
import { writeDocuments } from './write-documents.ts';

const help = `Usage: pnpm telemetry:docs [--check]

Writes docs/telemetry.md from the metric catalogues of all services, with the places that record each metric,
and docs/configuration.md from the schema of telemetry's configuration.

  --check  write nothing; exit with 1 when a document is out of date
  --help   print this

Examples:
  npx pnpm@12 telemetry:docs
  npx pnpm@12 telemetry:docs --check`;

process.exitCode = await writeDocuments({
  args: process.argv.slice(2),
  help,
  command: 'telemetry:docs',
  create: createDocuments,
});
