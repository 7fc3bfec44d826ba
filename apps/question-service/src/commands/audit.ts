import { type AuditReport, auditBank } from '../audit/audit-bank.ts';
import type { Dependencies } from '../dependencies.ts';
import { total } from '../pipeline/run-summary.ts';
import { exitCodes } from './exit-code.ts';
import { createProgressDisplay } from './progress-display.ts';
import type { Terminal } from './terminal.ts';

const pageSize = 500;
/** Wrong questions that the text names; `--json` names all. */
const namedMax = 20;

/**
 * Re-solves the questions that are served and deactivates wrong ones. Returns the exit code: 1 where it found
 * wrong ones, nothing when a signal ended it.
 */
export async function audit(
  options: { readonly dryRun?: true; readonly json?: true; readonly quiet?: true },
  { questions, telemetry, ping }: Pick<Dependencies, 'questions' | 'telemetry' | 'ping'>,
  terminal: Terminal,
): Promise<number | undefined> {
  const { stdout, stderr, stop } = terminal;
  await ping();
  const active = await questions.countActive();
  const quiet = options.quiet === true;
  const display = createProgressDisplay(stderr, { quiet, nowMs: () => performance.now() });
  const dryRun = options.dryRun === true;
  try {
    const report = await auditBank({
      pages: questions.listActive({ pageSize }),
      deactivate: questions.deactivate,
      dryRun,
      stop,
      onProgress: ({ checked, wrong }) =>
        display.update({
          total: Math.max(active, checked),
          done: checked,
          doing: 'checked',
          notes: [`${wrong} wrong`],
        }),
    });
    display.end();
    const { wrongQuestions, ...counts } = report;
    telemetry.recordEvent('bank.audited', { ...counts, dryRun });
    stdout.write(options.json ? `${JSON.stringify(report)}\n` : auditText(report, dryRun));
    if (!report.complete) return undefined;
    return wrongQuestions.length > 0 ? exitCodes.partial : exitCodes.ok;
  } finally {
    display.end();
  }
}

function auditText(report: AuditReport, dryRun: boolean): string {
  const { checked, right, wrong, skipped, deactivated, complete, wrongQuestions } = report;
  const row = (name: string, count: number, note = '') =>
    `  ${name.padEnd(12)}${String(count).padStart(7)}${note && `   ${note}`}`;
  const left = wrongQuestions.length - namedMax;
  const lines = [
    complete ? 'Audit of the bank' : 'Audit of the bank, stopped before its end',
    '',
    row('checked', checked),
    row('right', right),
    row('wrong', total(wrong), reasonsOf(wrong)),
    row('skipped', total(skipped), reasonsOf(skipped)),
    row('deactivated', deactivated, dryRun ? 'a dry run changes nothing' : ''),
    ...(wrongQuestions.length > 0 ? [''] : []),
    ...wrongQuestions
      .slice(0, namedMax)
      .map(({ id, type, difficultyLevel, provider, reason }) =>
        ['', id, `${type} ${difficultyLevel}`.padEnd(15), provider, reason].join('  '),
      ),
    ...(left > 0 ? [`  and ${left} more: see --json`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function reasonsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
    .join(', ');
}
