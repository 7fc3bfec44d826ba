import { randomBytes } from 'node:crypto';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { LogLevel } from '../parts.ts';
import { type CleanAttributes, toAttributes } from '../policy/attributes.ts';

/** The active trace at the moment of a call. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId?: string;
}

export interface LogItem extends TraceIds {
  readonly atMs: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly attributes: CleanAttributes;
}

export interface MetricItem extends TraceIds {
  readonly atMs: number;
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'distribution';
  readonly unit: string;
  readonly value: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

type Container = readonly [
  header: Readonly<Record<string, unknown>>,
  payload: { readonly version: 2; readonly items: readonly object[] },
];

/** Sentry refuses items without a trace: those outside any span share one of the process. */
const processTraceId = randomBytes(16).toString('hex');

const severityNumbers: Readonly<Record<LogLevel, number>> = {
  debug: 5,
  info: 9,
  warn: 13,
  error: 17,
};

export function activeIds(): TraceIds {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return { traceId: processTraceId };
  return { traceId: active.traceId, spanId: active.spanId };
}

/** @see https://develop.sentry.dev/sdk/telemetry/logs/ */
export function toLogContainer(items: readonly LogItem[], common: CleanAttributes): Container {
  return toContainer(
    'log',
    'log',
    items.length,
    items.map((item) => ({
      timestamp: item.atMs / 1_000,
      trace_id: item.traceId,
      ...(item.spanId === undefined ? {} : { span_id: item.spanId }),
      level: item.level,
      severity_number: severityNumbers[item.level],
      body: item.message.toWellFormed(),
      attributes: toTyped({
        ...item.attributes,
        ...common,
        ...(item.spanId === undefined ? {} : { 'sentry.trace.parent_span_id': item.spanId }),
      }),
    })),
  );
}

/** @see https://develop.sentry.dev/sdk/telemetry/metrics/ */
export function toMetricContainer(
  items: readonly MetricItem[],
  common: CleanAttributes,
): Container {
  return toContainer(
    'trace_metric',
    'trace-metric',
    items.length,
    items.map((item) => ({
      timestamp: item.atMs / 1_000,
      trace_id: item.traceId,
      ...(item.spanId === undefined ? {} : { span_id: item.spanId }),
      name: item.name,
      type: item.type,
      ...(item.unit === '' ? {} : { unit: item.unit }),
      value: item.value,
      attributes: toTyped({ ...toAttributes(item.attributes), ...common }),
    })),
  );
}

function toContainer(
  type: string,
  mediaType: string,
  count: number,
  items: readonly object[],
): Container {
  const contentType = `application/vnd.sentry.items.${mediaType}+json`;
  return [
    { type, item_count: count, content_type: contentType },
    { version: 2, items },
  ];
}

/** UCUM units in Sentry's words; annotations such as `{question}` are units of their own there. */
export function toSentryUnit(unit: string): string {
  const known = sentryUnits[unit];
  return known ?? unit.replace(/^\{(.*)\}$/, '$1');
}

const sentryUnits: Readonly<Record<string, string>> = {
  s: 'second',
  ms: 'millisecond',
  By: 'byte',
  '1': 'none',
};

function toTyped(attributes: CleanAttributes): Record<string, { value: unknown; type: string }> {
  const typed: Record<string, { value: unknown; type: string }> = {};
  for (const [key, value] of Object.entries(attributes)) {
    const kept = typeof value === 'string' ? value.toWellFormed() : value;
    typed[key.toWellFormed()] = { value: kept, type: typeOf(value) };
  }
  return typed;
}

function typeOf(value: CleanAttributes[string]): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) ? 'integer' : 'double';
}
