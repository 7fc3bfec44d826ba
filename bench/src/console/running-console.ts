import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, repositoryRoot } from '@aiq/config';

const server = join(repositoryRoot, 'apps/console/src/server.ts');
const clockTicksPerSecond = 100;

export interface RunningConsole extends AsyncDisposable {
  readonly url: string;
  /** CPU of the process so far. */
  cpuSeconds(): number;
  residentBytes(): number;
  post(path: string, body: Buffer): Promise<number>;
  get(path: string): Promise<{ readonly seconds: number; readonly text: string }>;
}

/** The real console in a process of its own, with its default limits, on a free port. */
export async function startConsole(): Promise<RunningConsole> {
  const child = spawn(process.execPath, [server], {
    env: childEnvironment({ CONSOLE_PORT: '0' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    cpuSeconds: () => {
      const fields = procFile(child.pid, 'stat').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
    },
    residentBytes: () => 1_024 * Number(/VmRSS:\s+(\d+)/.exec(procFile(child.pid, 'status'))?.[1]),
    async post(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
        signal: AbortSignal.timeout(30_000),
      });
      await response.arrayBuffer();
      return response.status;
    },
    async get(path) {
      const startedAt = performance.now();
      const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(30_000) });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
      return { seconds: (performance.now() - startedAt) / 1000, text };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Linux: what the kernel knows of a process. */
function procFile(pid: number | undefined, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, 'utf8');
}
