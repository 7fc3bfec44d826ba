import pc from 'picocolors';
import { type Counts, type ModelCost, type RunSummary, total } from '../pipeline/run-summary.ts';
import type { ReportOutcome } from '../report/run-reporter.ts';

const colours = {
  succeeded: pc.green,
  partial: pc.yellow,
  failed: pc.red,
  interrupted: pc.yellow,
} as const;

/** A run's summary for people: what was asked, what became of it, and why. */
export function summaryText(summary: RunSummary): string {
  const { requested, generated, approved, unjudged, inserted, duplicates } = summary;
  const state = colours[summary.state](summary.state);
  const lines = [
    `Run ${summary.runId} ${state} in ${summary.durationSeconds.toFixed(1)} s (seed ${summary.seed})`,
    '',
    row('requested', requested),
    row('generated', generated, reasons(summary.failed, 'failed')),
    row('approved', approved, [
      ...reasons(summary.rejected, 'rejected'),
      ...(unjudged > 0 ? [`${unjudged} unjudged`] : []),
    ]),
    row('duplicates', total(duplicates), reasons(duplicates)),
    row('stored', inserted, reasons(summary.insertFailed, 'not stored')),
    ...(summary.discarded > 0 ? [row('discarded', summary.discarded)] : []),
    '',
    breakdown('type', summary.byType),
    '',
    breakdown('difficulty', summary.byDifficulty),
    '',
    ...(Object.keys(summary.byProvider).length > 1
      ? [breakdown('provider', summary.byProvider), '']
      : []),
    ...why(summary),
    ...trouble(summary),
    `  cost     ${costText(summary)}`,
    ...(summary.cost.usd > 0 ? summary.cost.byModel.map(modelText) : []),
    `  trace    ${summary.traceId ?? 'none'}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Why a run that was asked for questions stored none. */
function why(summary: RunSummary): string[] {
  const known = total(summary.duplicates);
  if (summary.inserted > 0) return [];
  if (summary.requested === 0) return ['  Nothing was asked for: every stratum holds enough.', ''];
  if (known > 0 && known === summary.approved) {
    const seed = `Another --seed, or none, gives other questions.`;
    return [
      `  Nothing was stored: all ${known} approved questions are in the bank already. ${seed}`,
      '',
    ];
  }
  return ['  Nothing was stored: see the reasons above.', ''];
}

/** What went wrong on the way, overcome or not. */
function trouble({ errors, retries, fallbacks = 0, breakerTrips }: RunSummary): string[] {
  const met = reasons(errors.byCategory);
  if (met.length === 0) return [];
  const answers = [
    `${retries} retries`,
    `${fallbacks} fallbacks`,
    ...(breakerTrips > 0 ? [`${breakerTrips} circuits opened`] : []),
  ];
  return [`  errors   ${met.join(', ')}; ${answers.join(', ')}`];
}

function modelText({
  provider,
  model,
  calls,
  inputTokens,
  outputTokens,
  costUsd,
}: ModelCost): string {
  const tokens = `${inputTokens} tokens in, ${outputTokens} out`;
  return pc.dim(
    `           $${costUsd.toFixed(4)} ${provider}/${model}: ${calls} calls, ${tokens}`,
  );
}

/** Where the report of a run is, if it is not with the backend. */
export function reportText(outcome: ReportOutcome): string | undefined {
  if (outcome === 'accepted') return undefined;
  const later = 'It stays in the outbox; the running question-service reports it.';
  if (outcome === 'refused') return `The backend refused the report of this run. ${later}`;
  if (outcome === 'unreachable') return `The backend did not take the report of this run. ${later}`;
  return `The run was not reported: BACKEND_ADMIN_TOKEN is not set. ${later}`;
}

function row(name: string, count: number, notes: readonly string[] = []): string {
  const shown = `  ${name.padEnd(11)}${String(count).padStart(7)}`;
  return notes.length > 0 ? `${shown}   ${pc.dim(notes.join(', '))}` : shown;
}

function reasons(counts: Readonly<Record<string, number>>, verb = ''): string[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => [count, verb, reason.replaceAll('_', ' ')].filter(Boolean).join(' '));
}

function breakdown(name: string, counts: Readonly<Record<string, Counts>>): string {
  const head = `  ${name.padEnd(11)}${['requested', 'generated', 'approved', 'stored'].map((text) => text.padStart(11)).join('')}`;
  const body = Object.entries(counts).map(([key, { requested, generated, approved, inserted }]) => {
    const cells = [requested, generated, approved, inserted];
    return `  ${key.padEnd(11)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  });
  return [pc.dim(head), ...body].join('\n');
}

function costText({ cost }: RunSummary): string {
  const unpriced =
    cost.unpricedCalls > 0 ? `, and ${cost.unpricedCalls} calls without a price` : '';
  return `$${cost.usd.toFixed(4)}${unpriced}`;
}
