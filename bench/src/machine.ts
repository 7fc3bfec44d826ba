import { cpus, loadavg, totalmem } from 'node:os';

/** The machine that a measurement was made on, and what else it did in the minute before. */
export function machineText(): string {
  const [core] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1);
  return `${core?.model}, ${cpus().length} cores, ${gibibytes} GiB, load average ${load} at the start`;
}
