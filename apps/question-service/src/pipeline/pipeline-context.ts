import type { Span } from '@aiq/observability';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { RunErrorCategory, Stage } from '../telemetry/labels.ts';
import type { RunLedger } from './run-ledger.ts';

/** What every stage works with. */
export interface StageContext {
  readonly telemetry: Telemetry;
  readonly ledger: RunLedger;
}

/** Runs a stage inside its span and enters the time it took. */
export async function inStage<Result>(
  { telemetry, ledger }: StageContext,
  stage: Stage,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  try {
    return await telemetry.startSpan(`pipeline.${stage}`, work);
  } finally {
    ledger.stageTook(stage, (performance.now() - startedMs) / 1000);
  }
}

/** Enters an error in the account and reports it: where it stops travelling. */
export function recordFault(
  { telemetry, ledger }: StageContext,
  error: unknown,
  { category, operation }: { category: RunErrorCategory; operation: string },
): void {
  ledger.error(category, 'error');
  telemetry.setSpanAttribute('error.type', category);
  telemetry.captureError(error, { context: { operation }, tags: { category } });
}
