import type { RunHistory, RunHistoryRepository } from '../storage/run-history-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { questionSteps, runOutcomes } from '../telemetry/labels.ts';

/**
 * Shows what the table of runs says of the last 24 hours, and the budget beside it, so that an alert sees runs
 * that ended before this process began, and those of commands. Returns how to stop.
 */
export function observeRuns({
  runHistory,
  telemetry,
  budget,
}: {
  readonly runHistory: RunHistoryRepository;
  readonly telemetry: Pick<Telemetry, 'observeGauge'>;
  readonly budget: { readonly dailyUsd: number };
}): () => void {
  // Gauges are asked together at each collection: they share one answer of the database.
  let reading: Promise<RunHistory> | undefined;
  const read = (): Promise<RunHistory> => {
    reading ??= runHistory.readDay().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const stops = [
    telemetry.observeGauge('pipeline.last_success.time', async () => {
      const { lastSuccessAt } = await read();
      return [{ value: (lastSuccessAt?.getTime() ?? 0) / 1_000, labels: {} }];
    }),
    telemetry.observeGauge('pipeline.day.runs', async () => {
      const { runs } = await read();
      return runOutcomes.map((outcome) => ({ value: runs[outcome], labels: { outcome } }));
    }),
    telemetry.observeGauge('pipeline.day.questions', async () => {
      const { questions } = await read();
      return questionSteps.map((step) => ({ value: questions[step], labels: { step } }));
    }),
    telemetry.observeGauge('pipeline.day.cost_usd', async () => [
      { value: (await read()).costUsd, labels: {} },
    ]),
    telemetry.observeGauge('budget.daily_usd', () => [{ value: budget.dailyUsd, labels: {} }]),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
