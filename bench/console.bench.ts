import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { logsBody, spansBody } from './src/console/made-telemetry.ts';
import { type RunningConsole, startConsole } from './src/console/running-console.ts';
import { describeMachine } from './src/shared/machine.ts';

const help = `Usage: pnpm bench:console [options]

Measures the console on this machine, which also makes the load: a steady stream of spans, how many it takes at
most, its memory with all stores full, and the time of each answer then. Writes bench/results/console.md.

  --rate N      spans a second of the steady stream (default 2000)
  --seconds N   how long it lasts (default 30)
  --json        print the figures as JSON and write no file
  --help        print this`;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const batchesPerSecond = 10;
const asksOfEach = 20;
let made = 0;

interface Steady {
  readonly rate: number;
  readonly seconds: number;
  readonly sent: number;
  readonly stored: number;
  readonly refused: number;
  readonly dropped: number;
  readonly cpuShare: number;
  readonly requestP50Ms: number;
  readonly requestP99Ms: number;
}

if (values.help) console.log(help);
else await run(Number(values.rate), Number(values.seconds));

async function run(rate: number, seconds: number): Promise<void> {
  await using viewer = await startConsole();
  const idleBytes = viewer.residentBytes();
  const steady = await stream(viewer, { rate, seconds });
  const spansPerSecond = await fill(viewer);
  const answers = await ask(viewer);
  const status = JSON.parse((await viewer.get('/api/status')).text);
  const report = {
    machine: describeMachine(),
    idleBytes,
    residentBytes: viewer.residentBytes(),
    heapBytes: status.memory.heapUsedBytes as number,
    stored: {
      spans: status.stored.traces.stored as number,
      logs: status.stored.logs.stored as number,
    },
    steady,
    spansPerSecond,
    answers,
  };
  if (values.json) console.log(JSON.stringify(report, undefined, 2));
  else {
    const directory = join(repositoryRoot, 'bench/results');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'console.md'), toMarkdown(report));
    console.log(toMarkdown(report));
  }
}

/** Sends at a fixed rate, however long an answer takes: what cannot keep up shows. */
async function stream(
  viewer: RunningConsole,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Steady> {
  const count = Math.round(rate / batchesPerSecond);
  const before = JSON.parse((await viewer.get('/api/status')).text).stored.traces;
  const cpuBefore = viewer.cpuSeconds();
  const startedAt = performance.now();
  const answers: Promise<{ status: number; ms: number }>[] = [];
  for (let batch = 0; batch < seconds * batchesPerSecond; batch += 1) {
    const dueMs = startedAt + (batch * 1000) / batchesPerSecond - performance.now();
    if (dueMs > 0) await sleep(dueMs);
    answers.push(send(viewer, '/v1/traces', spansBody({ first: made, count, endMs: Date.now() })));
    made += count;
  }
  const done = await Promise.all(answers);
  const cpuShare = (viewer.cpuSeconds() - cpuBefore) / ((performance.now() - startedAt) / 1000);
  const after = JSON.parse((await viewer.get('/api/status')).text).stored.traces;
  const sorted = done.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    rate,
    seconds,
    sent: count * answers.length,
    stored: after.stored - before.stored,
    refused: done.filter(({ status }) => status !== 200).length,
    dropped: after.dropped - before.dropped,
    cpuShare,
    requestP50Ms: quantile(sorted, 0.5),
    requestP99Ms: quantile(sorted, 0.99),
  };
}

/** As fast as it takes them, one request after the other, until all is full and the oldest go. */
async function fill(viewer: RunningConsole): Promise<number> {
  const batches = Array.from({ length: 240 }, () => {
    const body = spansBody({ first: made, count: 512, endMs: Date.now() });
    made += 512;
    return body;
  });
  const startedAt = performance.now();
  for (const body of batches) await send(viewer, '/v1/traces', body);
  const spansPerSecond = (512 * batches.length) / ((performance.now() - startedAt) / 1000);
  for (let sent = 0; sent < 51_200; sent += 512) {
    await send(viewer, '/v1/logs', logsBody({ first: sent, count: 512, endMs: Date.now() }));
  }
  return spansPerSecond;
}

async function send(viewer: RunningConsole, path: string, body: Buffer) {
  const startedAt = performance.now();
  const status = await viewer.post(path, body);
  return { status, ms: performance.now() - startedAt };
}

async function ask(viewer: RunningConsole) {
  const { traces } = JSON.parse((await viewer.get('/api/traces?limit=1')).text);
  const paths = [
    '/api/overview',
    '/api/services/aiq-backend',
    '/api/service-map',
    '/api/traces',
    '/api/traces?sort=slowest&status=error',
    '/api/traces?name=select&minDurationMs=100',
    '/api/traces?attribute=attribute.name.3%3Dvalue%203%20of%20999',
    `/api/traces/${traces[0].traceId}`,
    '/api/logs',
    '/api/logs?text=completed&severity=error',
    '/api/runs',
    '/api/test-sessions',
  ];
  const answers = [];
  for (const path of paths) {
    const ms: number[] = [];
    let bytes = 0;
    for (let index = 0; index < asksOfEach; index += 1) {
      const { seconds, text } = await viewer.get(path);
      ms.push(seconds * 1000);
      bytes = text.length;
    }
    ms.sort((a, b) => a - b);
    answers.push({ path, p50Ms: quantile(ms, 0.5), p95Ms: quantile(ms, 0.95), bytes });
  }
  return answers;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

function toMarkdown(report: {
  readonly machine: string;
  readonly idleBytes: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly stored: { readonly spans: number; readonly logs: number };
  readonly steady: Steady;
  readonly spansPerSecond: number;
  readonly answers: Awaited<ReturnType<typeof ask>>;
}): string {
  const { steady, stored } = report;
  const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const rows = report.answers.map(
    ({ path, p50Ms, p95Ms, bytes }) =>
      `| \`${path}\` | ${p50Ms.toFixed(1)} | ${p95Ms.toFixed(1)} | ${Math.round(bytes / 1024)} |`,
  );
  return `# The console under load

Made by \`npx pnpm@12 bench:console\`. ${report.machine}; the sender runs on the same machine. Spans have
twelve attributes and come as gzipped protobuf, eight to a trace.

## A steady stream

${steady.sent} spans in ${steady.seconds} s, ${steady.rate} a second in ${batchesPerSecond} requests: ${steady.stored} stored, ${steady.refused} requests refused, ${steady.dropped} spans dropped.
Requests took ${steady.requestP50Ms.toFixed(1)} ms (p50) and ${steady.requestP99Ms.toFixed(1)} ms (p99); the console used ${(100 * steady.cpuShare).toFixed(0)} % of one core.

At most it took ${Math.round(report.spansPerSecond)} spans a second, one request at a time.

## Memory

${mebibytes(report.idleBytes)} resident at start; ${mebibytes(report.residentBytes)} with ${stored.spans} spans and ${stored.logs} logs stored (heap ${mebibytes(report.heapBytes)}).

## Answers with all of that stored

| Question | p50 ms | p95 ms | KiB |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
