import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSeededRandom } from '@aiq/backend/random';
import { repositoryRoot } from '@aiq/config';
import { countRows, fillBank, readPostgresVersion } from './src/backend/bank-repository.ts';
import { createClient } from './src/backend/client.ts';
import { type Instances, startInstances, type Usage } from './src/backend/instances.ts';
import { type LoadFigures, playClosed, playOpen } from './src/backend/loads.ts';
import { createPlayer, mix } from './src/backend/play.ts';
import { createRecorder, type RouteFigures, summarize } from './src/backend/recorder.ts';
import { toMarkdown } from './src/backend/report.ts';
import { describeMachine } from './src/shared/machine.ts';
import { endTelling, tell } from './src/shared/progress.ts';

const help = `Usage: pnpm bench:backend [options]

Plays test sessions at real instances of the backend over a real Postgres, all started by it: first as fast as they
go (closed loop), then at a rate (open loop). Writes bench/results/backend.md.

  --seconds N      of each of the two loads (default 30)
  --users N        clients of the closed loop (default 16)
  --instances N    of the backend (default 2)
  --rate N         sessions a second of the open loop (default 60 % of what the closed loop came to)
  --seed N         of the answers and arrivals (default 1)
  --cpu-prof DIR   write a CPU profile of each instance there, and no file
  --json           print the figures as JSON and write no file
  --help           print this

Examples:
  npx pnpm@12 bench:backend
  npx pnpm@12 bench:backend --seconds 10 --users 4 --json`;

const questionsPerStratum = 100;
/** Not measured: code is compiled, pools are filled. */
const warmUpSeconds = 5;
const openShare = 0.6;

export interface Measured extends Omit<LoadFigures, 'sessionMs'> {
  readonly sessionsPerSecond: number;
  readonly session: ReturnType<typeof summarize>;
  readonly routes: readonly RouteFigures[];
  readonly errors: Readonly<Record<string, number>>;
  readonly requestsPerSecond: number;
  /** Of all instances together. */
  readonly cpuMsPerRequest: number | undefined;
}

export interface Report {
  readonly machine: string;
  readonly postgres: string;
  readonly instances: number;
  readonly users: number;
  readonly rate: number;
  readonly questions: number;
  readonly mix: typeof mix;
  readonly closed: Measured;
  readonly open: Measured;
  readonly peakMegabytes: readonly (number | undefined)[];
  readonly rows: Readonly<Record<string, number>>;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    users: { type: 'string', default: '16' },
    instances: { type: 'string', default: '2' },
    rate: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'cpu-prof': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  await using instances = await startInstances({
    count: Number(values.instances),
    profileDirectory: values['cpu-prof'],
  });
  const report = await measureAll(instances);
  endTelling();
  const text = toMarkdown(report);
  if (values.json) console.log(JSON.stringify(report, undefined, 2));
  else console.log(text);
  if (values.json || values['cpu-prof'] !== undefined) return;
  mkdirSync(join(repositoryRoot, 'bench/results'), { recursive: true });
  writeFileSync(join(repositoryRoot, 'bench/results/backend.md'), text);
  console.log('bench/results/backend.md written');
}

async function measureAll(instances: Instances): Promise<Report> {
  const { admin, urls } = instances;
  const seconds = Number(values.seconds);
  const users = Number(values.users);
  const random = createSeededRandom(Number(values.seed));
  await fillBank(admin, questionsPerStratum);

  const closedLoad = (duration: number) =>
    measure(instances, (recorder) => {
      const send = createClient(urls, recorder);
      const players = Array.from({ length: users }, () => createPlayer(send, random));
      return playClosed({ players, seconds: duration });
    });
  tell(`warming up for ${warmUpSeconds} s`);
  await closedLoad(warmUpSeconds);
  tell(`closed loop: ${users} users for ${seconds} s`);
  const closed = await closedLoad(seconds);
  const rate = Number(values.rate ?? (closed.sessionsPerSecond * openShare).toFixed(1));
  tell(`open loop: ${rate} sessions a second for ${seconds} s`);
  const open = await measure(instances, (recorder) => {
    const send = createClient(urls, recorder);
    return playOpen({ createPlayer: () => createPlayer(send, random), rate, seconds, random });
  });
  return {
    machine: describeMachine(),
    postgres: await readPostgresVersion(admin),
    instances: urls.length,
    users,
    rate,
    questions: questionsPerStratum * 18,
    mix,
    closed,
    open,
    peakMegabytes: instances.usage().map(({ peakMegabytes }) => peakMegabytes),
    rows: await countRows(admin),
  };
}

async function measure(
  instances: Instances,
  load: (recorder: ReturnType<typeof createRecorder>) => Promise<LoadFigures>,
): Promise<Measured> {
  const recorder = createRecorder();
  const before = cpuSecondsOf(instances.usage());
  const startedAt = performance.now();
  const { sessionMs, ...figures } = await load(recorder);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = cpuSecondsOf(instances.usage());
  return {
    ...figures,
    sessionsPerSecond: figures.completed / figures.seconds,
    session: summarize(sessionMs),
    routes: recorder.routes(),
    errors: recorder.errors(),
    requestsPerSecond: recorder.requests() / seconds,
    cpuMsPerRequest:
      cpuSeconds === undefined || before === undefined
        ? undefined
        : ((cpuSeconds - before) * 1000) / recorder.requests(),
  };
}

function cpuSecondsOf(usages: readonly Usage[]): number | undefined {
  let sum = 0;
  for (const { cpuSeconds } of usages) {
    if (cpuSeconds === undefined) return undefined;
    sum += cpuSeconds;
  }
  return sum;
}
