import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { measureMicro } from './src/micro/measure-micro.ts';
import { microSection } from './src/micro/micro-section.ts';
import { loads, measureRequests } from './src/request/measure-requests.ts';
import { requestSection } from './src/request/request-section.ts';
import { type RouteName, routeNames, variantNames } from './src/request/variant.ts';
import { pinThisProcess } from './src/shared/child.ts';
import { writeSection } from './src/shared/markdown.ts';
import { endTelling } from './src/shared/progress.ts';

const help = `Usage: pnpm bench [part...] [options]

Measures what telemetry costs, against doing without, against the stock set-up, the raw SDK and prom-client. Variants
take turns (A B C, A B C, ...). Writes bench/results/telemetry.md, a section for each part.

Parts (default: all)
  micro     single calls: metrics, spans, log lines, errors
  request   whole requests of a Fastify server, some with Postgres

  --rounds N     turns of each variant (default 5)
  --seconds N    of each burst of requests (default 4)
  --routes LIST  of ${routeNames.join(', ')} (default: all)
  --json         print the figures as JSON and write no file
  --help         print this

Examples:
  npx pnpm@12 bench
  npx pnpm@12 bench micro --rounds 9
  npx pnpm@12 bench request --routes empty,answer --json`;

const parts = ['micro', 'request'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    routes: { type: 'string', default: routeNames.join(',') },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  const chosen = positionals.length === 0 ? parts : positionals.map((text) => oneOf(parts, text));
  const rounds = toCount('--rounds', values.rounds);
  const seconds = toCount('--seconds', values.seconds);
  const routes = values.routes.split(',').map((text) => oneOf<RouteName>(routeNames, text));
  // The measured processes have a core of their own.
  pinThisProcess(1);

  const figures: Record<string, unknown> = {};
  if (chosen.includes('micro')) {
    const measured = await measureMicro({ rounds, roundMs: 60 });
    figures['micro'] = measured;
    report('micro', microSection(measured, rounds));
  }
  if (chosen.includes('request')) {
    const options = { routes, variants: variantNames, loads, rounds, seconds };
    const measured = await measureRequests(options);
    figures['request'] = measured;
    report('request', requestSection(measured, { rounds, seconds }));
  }
  if (values.json) console.log(JSON.stringify(figures, undefined, 2));
}

function report(part: string, section: string): void {
  endTelling();
  if (values.json) return;
  const directory = join(repositoryRoot, 'bench/results');
  const path = join(directory, 'telemetry.md');
  mkdirSync(directory, { recursive: true });
  if (!existsSync(path)) writeFileSync(path, '# What telemetry costs\n');
  writeSection(path, part, section);
  console.log(`${section}\n`);
}

function oneOf<Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) {
    console.error(`expected one of ${names.join(', ')}, got "${text}"; see --help`);
    process.exit(2);
  }
  return found;
}

function toCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000) {
    console.error(`expected a whole number of 1 to 1000 for ${option}, got "${text}"`);
    process.exit(2);
  }
  return count;
}
