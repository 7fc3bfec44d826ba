import type { RunAnswer } from '../api/contract/runs.ts';
import type { Attributes, Span } from '../store/model.ts';
import { isRequest, RequestTally } from './request-tally.ts';
import {
  bodyOf,
  countsOf,
  numberAt,
  type Run,
  recordAt,
  startMsOf,
  summarizeRun,
  textAt,
} from './runs.ts';
import { durationMs, millisecondsOf } from './time.ts';

const stageName = /^pipeline\.(?!run$)(.+)$/;

/** A run with its stages and calls, and all that its event says. */
export function toRunView(run: Run): RunAnswer {
  const body = bodyOf(run.event);
  const spans = [...(run.trace?.spans.values() ?? [])].map(({ span }) => span);
  return {
    ...summarizeRun(run),
    stages: stagesOf(spans, startMsOf(run) ?? 0),
    rejectedByReason: countsOf(recordAt(body, 'rejected')),
    failedByReason: countsOf(recordAt(body, 'failed')),
    duplicatesByKind: countsOf(recordAt(body, 'duplicates')),
    insertFailedByReason: countsOf(recordAt(body, 'insertFailed')),
    unjudged: numberAt(body, 'unjudged'),
    byProvider: tableAt(body, 'byProvider'),
    byType: tableAt(body, 'byType'),
    byDifficulty: tableAt(body, 'byDifficulty'),
    costByModel: costsOf(recordAt(body, 'cost')),
    unpricedCalls: numberAt(recordAt(body, 'cost'), 'unpricedCalls'),
    errorsByCategory: countsOf(recordAt(recordAt(body, 'errors'), 'byCategory')),
    retries: numberAt(body, 'retries'),
    fallbacks: numberAt(body, 'fallbacks'),
    breakerTrips: numberAt(body, 'breakerTrips'),
    calls: callsOf(spans),
    event: run.event === undefined ? null : body,
  };
}

function stagesOf(spans: readonly Span[], startMs: number): RunAnswer['stages'] {
  const byStage = Map.groupBy(
    spans.filter(({ name }) => stageName.test(name)),
    ({ name }) => stageName.exec(name)?.[1] ?? name,
  );
  return [...byStage]
    .map(([stage, batches]) => ({
      stage,
      batchCount: batches.length,
      errorCount: batches.filter(({ status }) => status === 'error').length,
      seconds: secondsOf(batches),
      startOffsetSeconds: secondsSince(
        startMs,
        batches.map(({ startNanos }) => startNanos),
        Math.min,
      ),
      endOffsetSeconds: secondsSince(
        startMs,
        batches.map(({ endNanos }) => endNanos),
        Math.max,
      ),
    }))
    .sort((a, b) => a.startOffsetSeconds - b.startOffsetSeconds);
}

function secondsSince(
  startMs: number,
  nanos: readonly bigint[],
  choose: (a: number, b: number) => number,
): number {
  return (nanos.map(millisecondsOf).reduce((a, b) => choose(a, b)) - startMs) / 1000;
}

function secondsOf(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + durationMs(span.startNanos, span.endNanos), 0) / 1000;
}

/** What the stages called; neither they themselves nor what answered. */
function callsOf(spans: readonly Span[]): RunAnswer['calls'] {
  const calls = spans.filter((span) => !span.name.startsWith('pipeline.') && !isRequest(span));
  return [...Map.groupBy(calls, ({ name }) => name)]
    .map(([name, members]) => {
      const tally = new RequestTally();
      for (const span of members) tally.add(span);
      const { requestCount, errorCount, p50Ms, p95Ms } = tally.summary(1);
      return { name, count: requestCount, errorCount, p50Ms, p95Ms, seconds: secondsOf(members) };
    })
    .sort((a, b) => b.seconds - a.seconds);
}

function tableAt(body: Attributes, name: string): Record<string, Record<string, number>> {
  const rows = recordAt(body, name);
  return Object.fromEntries(Object.keys(rows).map((key) => [key, countsOf(recordAt(rows, key))]));
}

function costsOf(cost: Attributes): RunAnswer['costByModel'] {
  const { byModel } = cost;
  if (!Array.isArray(byModel)) return [];
  return byModel.map((_, index) => {
    const entry = recordAt({ entry: byModel[index] ?? null }, 'entry');
    return {
      provider: textAt(entry, 'provider') ?? '',
      model: textAt(entry, 'model') ?? '',
      calls: numberAt(entry, 'calls') ?? 0,
      inputTokens: numberAt(entry, 'inputTokens') ?? 0,
      outputTokens: numberAt(entry, 'outputTokens') ?? 0,
      costUsd: numberAt(entry, 'costUsd') ?? 0,
    };
  });
}
