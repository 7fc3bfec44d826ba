import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { ambiguousOf } from './accounting.ts';
import { describeFault, faultCases, type Protocol, protocols } from './fault-cases.ts';
import { ratioOf } from './judge-row.ts';
import { toReliabilityPage, toTables } from './reliability-page.ts';
import { bounds, fullPlan, ordersOf, playAll, type Row, shortPlan } from './suite.ts';

const help = `Usage: pnpm test:faults [--full] [--fault <name>] [--protocol <name>] [--json]

Runs a service under steady load, plays every fault on the way to its OTLP receiver and to Sentry, and checks that no
request fails or slows down, memory stays bounded, the shutdown keeps its deadline, and that everything produced is
acknowledged or reported lost.

  --full             all protocols, an outage of 60 s, and docs/reliability.md is written; about 16 minutes
  --fault <name>     this one alone; may be given again: ${faultCases.map(({ name }) => `'${name}'`).join(', ')}
  --protocol <name>  ${protocols.join(', ')}; may be given again. Default: http/protobuf
  --json             print an array of rows, and nothing else, on standard output
  --help             print this

Exit code: 0 every row is well, 1 one is not, 3 an argument is not understood.`;

interface Arguments {
  readonly isFull: boolean;
  readonly isJson: boolean;
  readonly faults: readonly string[];
  readonly protocols: readonly Protocol[];
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'number') return parsed;
  const { isFull, isJson, faults } = parsed;
  const orders = ordersOf(parsed.protocols).filter(
    ({ fault }) => faults.length === 0 || faults.includes(fault.name),
  );
  const plan = isFull ? fullPlan : shortPlan;
  const rows: Row[] = [];
  for await (const row of playAll(orders, plan)) {
    rows.push(row);
    process.stderr.write(`${rows.length}/${orders.length} ${describeRow(row)}\n`);
  }
  if (isJson) console.log(JSON.stringify(rows, undefined, 2));
  else console.log(toTables(rows));
  const isWhole = isFull && orders.length === faultCases.length * protocols.length;
  if (isWhole) {
    const page = toReliabilityPage(rows, { plan, bounds });
    writeFileSync(join(repositoryRoot, 'docs', 'reliability.md'), page);
  }
  return rows.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

function parse(args: string[]): Arguments | number {
  const known = faultCases.map(({ name }) => name);
  try {
    const { values } = parseArgs({
      args,
      options: {
        full: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        fault: { type: 'string', multiple: true, default: [] },
        protocol: { type: 'string', multiple: true, default: [] },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const all = values.full ? protocols : protocols.slice(0, 1);
    return {
      isFull: values.full,
      isJson: values.json,
      faults: values.fault.map((name) => oneOf(known, 'fault', name)),
      protocols:
        values.protocol.length === 0
          ? all
          : values.protocol.map((name) => oneOf(protocols, 'protocol', name)),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    return 3;
  }
}

function oneOf<Name extends string>(known: readonly Name[], what: string, given: string): Name {
  const found = known.find((name) => name === given);
  if (found !== undefined) return found;
  throw new Error(`--${what} is one of ${known.join(', ')}; '${given}' is none of them`);
}

/** A row on one line, and below it what is wrong. */
function describeRow({ fault, protocol, observation, problems, attempts }: Row): string {
  const { ratio, noise } = ratioOf(observation);
  const lost = observation.accounts.reduce((sum, { failed, dropped }) => sum + failed + dropped, 0);
  const ambiguous = observation.accounts.reduce((sum, account) => sum + ambiguousOf(account), 0);
  const facts = [
    problems.length === 0 ? 'ok' : 'FAILED',
    `p99 ratio ${ratio.toFixed(2)} (noise ${noise.toFixed(2)})`,
    `turn ${Math.round(observation.longestTurnMs)} ms`,
    `heap ${Math.round(observation.heapSlope / 1_024)} KiB/s`,
    `shutdown ${(observation.shutdownMs / 1_000).toFixed(1)} s`,
    `${lost} lost`,
    `${ambiguous} ambiguous`,
    ...(attempts === 1 ? [] : [`attempt ${attempts}`]),
  ];
  const told = `${protocol} ${describeFault(fault, protocol)}: ${facts.join(', ')}`;
  return [told, ...problems.map((problem) => `    ${problem}`)].join('\n');
}
