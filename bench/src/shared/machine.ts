import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem } from 'node:os';

const require = createRequire(import.meta.url);

/** What the figures were taken on: processor, memory, kernel, Node. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${gigabytes} GiB, kernel ${release()}, Node ${process.versions.node}`;
}

/** What else the machine has done in the last minute. */
export function describeLoad(): string {
  return `load average ${loadavg()[0]?.toFixed(1)} at the start`;
}

/** Name and version of packages as they are installed for the benchmarks. */
export function versionsOf(names: readonly string[]): string {
  return names.map((name) => `${name} ${versionOf(name)}`).join(', ');
}

function versionOf(name: string): string {
  for (const directory of require.resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(`${directory}/${name}/package.json`, 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      // The next directory up has it, or none.
    }
  }
  return '(not installed)';
}
