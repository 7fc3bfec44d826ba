import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { type Diagnosis, diagnose, formatDiagnosis } from '@aiq/observability/doctor';
import { runningPlatform } from './dev/running-platform.ts';
import { createState } from './dev/state.ts';

const services = {
  backend: 'aiq-backend',
  'question-service': 'aiq-question-service',
} as const;
type ServiceFolder = keyof typeof services;
const allFolders = Object.keys(services) as ServiceFolder[];

const help = `Usage: pnpm diagnose [service …] [--json] [--timeout <ms>]

Prints the telemetry configuration of a service with the source of each value (secrets are masked), then checks it live:
one OpenTelemetry API, instrumentation that takes hold, the OTLP endpoint and its credentials for each signal, the Sentry
DSN, the clock, the export interval, and that SIGTERM reaches the process. Each failure says what to do.
Nothing is stored anywhere: the exports are empty. Where a platform of \`pnpm dev\` runs, its environment is used; what
you set in yours wins.

  service         ${allFolders.join(' or ')}; default: both
  --json          print an array of { service, environment, settings, checks, healthy }
  --timeout <ms>  for one request (default 5000)
  --help          print this

Exit code: 0 all is well, 1 something is wrong, 3 an argument is not understood.

Examples:
  npx pnpm@12 diagnose
  npx pnpm@12 diagnose backend --json
  ENV=production OTEL_EXPORTER_OTLP_ENDPOINT=https://otlp-gateway-prod-eu-west-2.grafana.net/otlp npx pnpm@12 diagnose backend`;

interface Arguments {
  readonly folders: readonly ServiceFolder[];
  readonly isJson: boolean;
  readonly timeoutMs: number;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'number') return parsed;
  const environment = readEnvironment();
  const diagnoses: Diagnosis[] = [];
  for (const folder of parsed.folders) {
    const diagnosis = await diagnose({
      service: services[folder],
      directory: join(repositoryRoot, 'apps', folder),
      environment,
      timeoutMs: parsed.timeoutMs,
    });
    diagnoses.push(diagnosis);
    if (!parsed.isJson) console.log(`${format(diagnosis)}\n`);
  }
  if (parsed.isJson) console.log(JSON.stringify(diagnoses, undefined, 2));
  return diagnoses.every(({ healthy }) => healthy) ? 0 : 1;
}

function format(diagnosis: Diagnosis): string {
  const isColored = process.stdout.isTTY && !childEnvironment({})['NO_COLOR'];
  return formatDiagnosis(diagnosis, { isColored, root: repositoryRoot });
}

/** The environment of the running platform, if there is one, under that of the person. */
function readEnvironment(): Record<string, string> {
  const state = createState(join(repositoryRoot, '.dev'));
  const platform = runningPlatform(state) ? state.readEnvironment() : undefined;
  return { ...platform?.environment, ...childEnvironment({}) };
}

function parse(args: string[]): Arguments | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        timeout: { type: 'string', default: '5000' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const timeoutMs = Number(values.timeout);
    if (!Number.isInteger(timeoutMs) || timeoutMs <= 0) {
      throw new TypeError(`--timeout: expected milliseconds; got ${values.timeout}`);
    }
    const folders = positionals.length > 0 ? positionals.map(toFolder) : allFolders;
    return { folders, isJson: values.json ?? false, timeoutMs };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 3;
  }
}

function toFolder(text: string): ServiceFolder {
  const folder = allFolders.find((name) => name === text || services[name] === text);
  if (folder !== undefined) return folder;
  throw new TypeError(`expected ${allFolders.join(' or ')}; got ${JSON.stringify(text)}`);
}
