import type { RunSummary } from '../pipeline/run-summary.ts';
import { pause } from '../resilience/pause.ts';
import type { PipelineRunsRepository } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

/** `accepted` by the backend; else the report stays in the outbox: `refused`, `unreachable`, or nobody to ask. */
export type ReportOutcome = 'accepted' | 'refused' | 'unreachable' | 'not_configured';

export interface RunReporter {
  /** Reports a run, a few times where that can help. Never throws. */
  report(summary: RunSummary): Promise<ReportOutcome>;
  /** Reports what is in the outbox, oldest first, until the backend cannot be reached. Returns how many it took. */
  reportOutstanding(): Promise<number>;
}

interface Options {
  readonly backend: { readonly url: string; readonly adminToken?: string | undefined };
  readonly attemptsMax: number;
  readonly timeoutSeconds: number;
  readonly baseDelayMs: number;
  readonly runs: Pick<
    PipelineRunsRepository,
    'markReported' | 'countReportAttempt' | 'listUnreported'
  >;
  readonly telemetry: Telemetry;
  /** Uniform on [0, 1), for jitter. */
  readonly random: () => number;
  /** Ends the pauses between attempts. */
  readonly stop: AbortSignal;
}

const outboxPage = 20;

export function createRunReporter(options: Options): RunReporter {
  const { backend, attemptsMax, baseDelayMs, runs, telemetry, random, stop } = options;
  const token = backend.adminToken;

  async function send(summary: RunSummary, adminToken: string): Promise<ReportOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await put(summary, adminToken, options);
      if (answer.outcome !== 'unreachable' || attempt >= attemptsMax || stop.aborted) {
        if (answer.outcome !== 'accepted') {
          const attributes = { run_id: summary.runId, attempts: attempt, reason: answer.reason };
          telemetry.logger.info('run not reported: it stays in the outbox', attributes);
        }
        return answer.outcome;
      }
      await pause(random() * baseDelayMs * 2 ** attempt, stop);
    }
  }

  async function report(summary: RunSummary): Promise<ReportOutcome> {
    if (token === undefined) return 'not_configured';
    const outcome = await send(summary, token);
    if (outcome !== 'not_configured') telemetry.recordMetric('pipeline.reports', 1, { outcome });
    await remember(summary, outcome);
    return outcome;
  }

  async function remember(summary: RunSummary, outcome: ReportOutcome): Promise<void> {
    try {
      if (outcome === 'accepted') await runs.markReported(summary.runId);
      else await runs.countReportAttempt(summary.runId);
    } catch (error) {
      // The report is idempotent: one that is not remembered is made again.
      telemetry.logger.warn('report not remembered', {
        run_id: summary.runId,
        error: String(error),
      });
    }
  }

  return {
    report,
    async reportOutstanding() {
      if (token === undefined) return 0;
      let accepted = 0;
      for (const summary of await runs.listUnreported(outboxPage)) {
        if (stop.aborted) break;
        const outcome = await report(summary);
        if (outcome === 'unreachable') break;
        if (outcome === 'accepted') accepted += 1;
      }
      return accepted;
    },
  };
}

async function put(
  summary: RunSummary,
  adminToken: string,
  { backend, timeoutSeconds }: Options,
): Promise<{ outcome: 'accepted' | 'refused' | 'unreachable'; reason: string }> {
  const url = new URL(`/v1/admin/generation-runs/${summary.runId}`, backend.url);
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(summary),
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    await response.body?.cancel();
    if (response.ok) return { outcome: 'accepted', reason: '' };
    const mayPass = response.status >= 500 || [408, 425, 429].includes(response.status);
    const outcome = mayPass ? 'unreachable' : 'refused';
    return { outcome, reason: `the backend answered ${response.status}` };
  } catch (error) {
    return { outcome: 'unreachable', reason: reasonOf(error) };
  }
}

/** The cause of a failed `fetch` says more than its own message. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as {
    message?: unknown;
    cause?: { code?: unknown; message?: unknown };
  };
  return String(cause?.code ?? cause?.message ?? message ?? error);
}
