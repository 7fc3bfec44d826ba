import type { Dependencies } from '../dependencies.ts';
import type { RunRecord } from '../storage/pipeline-runs-repository.ts';
import { exitCodes, UsageError } from './exit-code.ts';
import { summaryText } from './summary-text.ts';
import type { Terminal } from './terminal.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Shows the latest runs, newest first. */
export async function listRuns(
  options: { readonly limit: number; readonly json?: true },
  { runs, ping }: Pick<Dependencies, 'runs' | 'ping'>,
  { stdout }: Terminal,
): Promise<number> {
  await ping();
  const records = await runs.list(options.limit);
  if (options.json) stdout.write(`${JSON.stringify(records)}\n`);
  else
    stdout.write(records.length === 0 ? 'No runs yet.\n' : `${records.map(toLine).join('\n')}\n`);
  return exitCodes.ok;
}

/** Shows one run. */
export async function showRun(
  runId: string,
  options: { readonly json?: true },
  { runs, ping }: Pick<Dependencies, 'runs' | 'ping'>,
  { stdout }: Terminal,
): Promise<number> {
  if (!uuid.test(runId)) throw new UsageError(`expected a run id, a UUID; got "${runId}"`);
  await ping();
  const record = await runs.find(runId);
  if (!record) throw new UsageError(`no run has the id ${runId}; see: runs list`);
  if (options.json) stdout.write(`${JSON.stringify(record)}\n`);
  else stdout.write(record.summary ? summaryText(record.summary) : `${toLine(record)}\n`);
  return exitCodes.ok;
}

function toLine({ runId, state, trigger, createdAt, summary }: RunRecord): string {
  const stored = summary ? `${summary.inserted} of ${summary.requested} stored` : '';
  return [runId, state.padEnd(11), trigger.padEnd(8), createdAt.toISOString(), stored].join('  ');
}
