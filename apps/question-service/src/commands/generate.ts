import type { Dependencies } from '../dependencies.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import { interruptLostRuns } from '../report/interrupt-lost-runs.ts';
import { exitCodeOf } from './exit-code.ts';
import { type GenerateOptions, toRunRequest } from './generate-options.ts';
import { createProgressDisplay } from './progress-display.ts';
import { reportText, summaryText } from './summary-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the pipeline once and shows its summary: on standard output a table, or with `--json` one
 * RunSummary object and nothing else. Everything else goes to standard error.
 *
 * Returns the exit code, or nothing when a signal ended the run.
 */
export async function generate(
  options: GenerateOptions,
  dependencies: Dependencies,
  terminal: Terminal,
): Promise<number | undefined> {
  const { seed, maxCostUsd } = options;
  const request = toRunRequest(options, dependencies.config.inventory.target);
  const order = dependencies.createOrder({ trigger: 'cli', request, seed, maxCostUsd });
  const quiet = options.quiet === true;
  await dependencies.ping();
  await interruptLostRuns(dependencies);
  await dependencies.runs.plan(order, { leaseSeconds: dependencies.config.lease.durationSeconds });
  if (!quiet) terminal.stderr.write(`Run ${order.runId}, seed ${order.seed}\n`);
  const display = createProgressDisplay(terminal.stderr, {
    quiet,
    nowMs: () => performance.now(),
  });
  const { stop } = terminal;
  try {
    const { summary, report } = await runPipeline(order, dependencies, {
      stop,
      onProgress: ({ requested, settled, inserted, costUsd }) =>
        display.update({
          total: requested,
          done: settled,
          notes: [`${inserted} stored`, ...(costUsd > 0 ? [`$${costUsd.toFixed(4)}`] : [])],
        }),
    });
    display.end();
    const text = options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary);
    terminal.stdout.write(text);
    const notice = reportText(report);
    if (notice && !quiet) terminal.stderr.write(`${notice}\n`);
    return summary.state === 'interrupted' ? undefined : exitCodeOf(summary);
  } finally {
    display.end();
  }
}
