import type { RunSummary, RunsAnswer } from '../api/contract/runs.ts';
import type { StoredLog } from '../store/log-store.ts';
import type { Attributes, AttributeValue } from '../store/model.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import type { Trace } from '../store/trace-store.ts';
import { pageOf } from './page.ts';
import { durationMs, isoOf, isoOfNanos, millisecondsOf } from './time.ts';

const rootName = 'pipeline.run';
const eventName = 'generation_run.completed';

/** What is known of one run of the question pipeline. */
export interface Run {
  readonly runId: string | null;
  readonly traceId: string | null;
  readonly trace: Trace | undefined;
  readonly event: StoredLog | undefined;
}

/** Runs by start, newest first. */
export function listRuns(
  store: TelemetryStore,
  query: { limit: number; cursor?: string | undefined },
): RunsAnswer {
  const page = pageOf(findRuns(store), {
    ...query,
    positionOf: (run) => ({
      rank: startMsOf(run) ?? 0,
      id: run.runId ?? run.traceId ?? '',
    }),
  });
  return {
    runs: page.items.map((run) => summarizeRun(run)),
    total: page.total,
    nextCursor: page.nextCursor,
  };
}

/** @param id The run's, or its trace's. */
export function findRun(store: TelemetryStore, id: string): Run | undefined {
  return findRuns(store).find(({ runId, traceId }) => runId === id || traceId === id.toLowerCase());
}

export function summarizeRun({ runId, traceId, trace, event }: Run): RunSummary {
  const root = rootOf(trace);
  const body = bodyOf(event);
  const startMs = startMsOf({ runId, traceId, trace, event });
  const endNanos = root?.endNanos ?? 0n;
  return {
    runId,
    traceId,
    service: (root?.resource ?? event?.resource ?? trace?.root.span.resource)?.service ?? '',
    state: stateOf(textAt(body, 'state') ?? textAt(root?.attributes ?? {}, 'run.outcome'), root),
    trigger: textAt(body, 'trigger') ?? textAt(root?.attributes ?? {}, 'run.trigger'),
    seed: numberAt(body, 'seed') ?? numberAt(root?.attributes ?? {}, 'run.seed'),
    startedAt: startMs === null ? null : isoOf(startMs),
    completedAt: textAt(body, 'completedAt') ?? isoOfNanos(endNanos),
    durationSeconds:
      numberAt(body, 'durationSeconds') ??
      (root === undefined ? null : durationMs(root.startNanos, root.endNanos) / 1000),
    requested: numberAt(body, 'requested'),
    generated: numberAt(body, 'generated'),
    approved: numberAt(body, 'approved'),
    rejected: totalAt(body, 'rejected'),
    duplicates: totalAt(body, 'duplicates'),
    inserted: numberAt(body, 'inserted'),
    costUsd: numberAt(recordAt(body, 'cost'), 'usd'),
    errorCount: trace?.errorSpanCount ?? 0,
  };
}

export function bodyOf(event: StoredLog | undefined): Attributes {
  return recordOf(event?.body) ?? {};
}

export function recordAt(attributes: Attributes, name: string): Attributes {
  return recordOf(attributes[name]) ?? {};
}

/** The numbers of a record; others are left out. */
export function countsOf(attributes: Attributes): Record<string, number> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

export function numberAt(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === 'number' ? value : null;
}

export function textAt(attributes: Attributes, name: string): string | null {
  const value = attributes[name];
  return typeof value === 'string' ? value : null;
}

/** The span of the run itself, which comes last. */
export function rootOf(trace: Trace | undefined) {
  for (const { span } of trace?.spans.values() ?? []) {
    if (span.name === rootName) return span;
  }
  return undefined;
}

/** Milliseconds since the epoch. */
export function startMsOf({ trace, event }: Run): number | null {
  if (trace !== undefined) return millisecondsOf(rootOf(trace)?.startNanos ?? trace.startNanos);
  const startedAt = Date.parse(textAt(bodyOf(event), 'startedAt') ?? '');
  return Number.isFinite(startedAt) ? startedAt : null;
}

/** One for each run: traces with a span of the pipeline, and events whose trace is not stored. */
function findRuns(store: TelemetryStore): Run[] {
  const events = new Map<string, StoredLog>();
  for (const log of store.logs.list()) {
    // By both doors it is one event.
    if (log.eventName === eventName) events.set(eventKey(log), log);
  }
  const runs: Run[] = [];
  for (const trace of store.traces.list()) {
    if (!isOfPipeline(trace)) continue;
    const runId = textAt(rootOf(trace)?.attributes ?? {}, 'run.id');
    const event = events.get(runId ?? trace.traceId) ?? eventOfTrace(events, trace.traceId);
    if (event !== undefined) events.delete(eventKey(event));
    const idOfEvent = textAt(bodyOf(event), 'runId');
    runs.push({ runId: runId ?? idOfEvent, traceId: trace.traceId, trace, event });
  }
  for (const event of events.values()) {
    const body = bodyOf(event);
    const traceId = textAt(body, 'traceId') ?? event.traceId;
    runs.push({ runId: textAt(body, 'runId'), traceId, trace: undefined, event });
  }
  return runs;
}

function eventKey(event: StoredLog): string {
  return textAt(bodyOf(event), 'runId') ?? event.traceId ?? String(event.sequence);
}

function eventOfTrace(events: ReadonlyMap<string, StoredLog>, traceId: string) {
  for (const event of events.values()) if (event.traceId === traceId) return event;
  return undefined;
}

/** The root comes last: until then the stages under it tell. */
function isOfPipeline({ root, spans }: Trace): boolean {
  if (root.span.name.startsWith('pipeline.')) return true;
  for (const { span } of spans.values()) if (span.name.startsWith('pipeline.')) return true;
  return false;
}

const states = ['succeeded', 'partial', 'failed', 'interrupted'] as const;

function stateOf(told: string | null, root: object | undefined): RunSummary['state'] {
  return states.find((state) => state === told) ?? (root === undefined ? 'running' : 'unknown');
}

function totalAt(body: Attributes, name: string): number | null {
  const record = recordOf(body[name]);
  return record && Object.values(countsOf(record)).reduce((sum, count) => sum + count, 0);
}

function recordOf(value: AttributeValue | undefined): Attributes | null {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Attributes) : null;
}
