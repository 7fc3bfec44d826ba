import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import type { Database } from '@aiq/database';
import { startPostgres } from '@aiq/database/embedded';
import { migrate, provisionRoles, roleUrl } from '@aiq/database/migrate';
import { openAdmin } from './dependencies.ts';

/** A Postgres and instances of the backend, each a process of its own; this one only plays. */
export interface Instances extends AsyncDisposable {
  readonly urls: readonly string[];
  /** As the administrator. */
  readonly admin: Database;
  usage(): Usage[];
}

/** Of one instance since its start; undefined where there is no /proc. */
export interface Usage {
  readonly cpuSeconds: number | undefined;
  /** The most it ever held. */
  readonly peakMegabytes: number | undefined;
}

const readyWithinMs = 60_000;
/** Of Linux, on every machine that Node runs on. */
const ticksPerSecond = 100;

export async function startInstances(options: {
  readonly count: number;
  /** Writes a profile of each instance there when it ends. */
  readonly profileDirectory?: string | undefined;
}): Promise<Instances> {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-bench-backend-'));
  const server = await startPostgres({ dataDirectory: join(directory, 'data') });
  const adminUrl = server.url('aiq_bench');
  await migrate(adminUrl);
  await provisionRoles(adminUrl);
  const admin = openAdmin(adminUrl);
  const children: ChildProcess[] = [];
  const urls: string[] = [];
  for (let index = 0; index < options.count; index += 1) {
    const port = await freePort();
    children.push(start(port, roleUrl(adminUrl, 'backend'), options.profileDirectory));
    urls.push(`http://127.0.0.1:${port}`);
  }
  await Promise.all(urls.map(waitUntilReady));
  return {
    urls,
    admin,
    usage: () => children.map(({ pid }) => readUsage(pid)),
    async [Symbol.asyncDispose]() {
      await admin.close();
      await Promise.all(children.map(end));
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function start(port: number, databaseUrl: string, profileDirectory?: string): ChildProcess {
  const profile =
    profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
  return spawn(process.execPath, [...profile, '--import', './src/instrument.ts', 'src/server.ts'], {
    cwd: join(repositoryRoot, 'apps/backend'),
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      BACKEND_PORT: String(port),
      AUTH_TOKEN_SECRET: 'the secret that the instances of the bench share',
      // All clients come from one address.
      BACKEND_AUTH_RATE_LIMIT: '1000000',
      BACKEND_REGISTRATION_RATE_LIMIT: '1000000',
      BACKEND_USER_RATE_LIMIT: '1000000',
      // Spans, metrics and lines are made as ever, and sent to nobody.
      OTEL_EXPORTER: 'none',
    }),
    stdio: 'ignore',
  });
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(50);
  }
  throw new Error(`the instance at ${url} was not ready within ${readyWithinMs} ms`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(10_000)]);
  child.kill('SIGKILL');
}

function readUsage(pid: number | undefined): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold spaces: user and system time are the 12th and 13th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      peakMegabytes: Number(peak) / 1024,
    };
  } catch {
    return { cpuSeconds: undefined, peakMegabytes: undefined };
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
