import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { writeSamples } from './sample-questions/write-samples.ts';

const help = `Usage: pnpm samples [--print]

Writes docs/sample-questions.md: one question of each stratum, as the procedural provider writes them.

  --print  write to standard output instead
  --help   print this

Examples:
  npx pnpm@12 samples
  npx pnpm@12 samples --print`;

try {
  const { values } = parseArgs({
    options: { print: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(help);
  else if (values.print) process.stdout.write(writeSamples());
  else {
    writeFileSync(join(repositoryRoot, 'docs', 'sample-questions.md'), writeSamples());
    console.log('docs/sample-questions.md written');
  }
} catch (error) {
  console.error(`${(error as Error).message}\n\n${help}`);
  process.exitCode = 3;
}
