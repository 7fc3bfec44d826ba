import type { MetricData, MetricPoint } from '../../store/metric-model.ts';
import { attributesOf } from './attributes.ts';
import { type Header, isObject } from './envelope.ts';
import { textAt, timeOf } from './error-event.ts';

/** Buckets are 2.2 % wide: 2^(2^-5). */
const scale = 5;

/** UCUM for Sentry's words. */
const units: Readonly<Record<string, string>> = {
  second: 's',
  millisecond: 'ms',
  byte: 'By',
  none: '1',
  ratio: '1',
};

/**
 * Points of a `trace_metric` item, which holds many: each is one increment, one level or one observation, so
 * counters and distributions are deltas. What has no name or no number is counted as rejected.
 */
export function toMetricPoints(
  container: Header,
  receivedAtMs: number,
): { points: MetricPoint[]; rejected: number } {
  const items = container['items'];
  if (!Array.isArray(items)) return { points: [], rejected: 0 };
  const points = items.flatMap((item) => (isObject(item) ? toPoint(item, receivedAtMs) : []));
  return { points, rejected: items.length - points.length };
}

function toPoint(item: Header, receivedAtMs: number): MetricPoint[] {
  const name = textAt(item, 'name');
  const { type, value } = item;
  const data = typeof value === 'number' ? toData(type, value) : undefined;
  if (name === null || data === undefined) return [];
  const { resource, labels } = splitAttributes(attributesOf(item['attributes']));
  const unit = textAt(item, 'unit') ?? '';
  const timeMs = timeOf(item['timestamp']) ?? receivedAtMs;
  const timeNanos = BigInt(Math.max(0, Math.round(timeMs * 1000))) * 1000n;
  const traceId = textAt(item, 'trace_id')?.toLowerCase() ?? null;
  return [
    {
      door: 'sentry',
      name,
      description: '',
      unit: units[unit] ?? unit,
      temporality: data.type === 'gauge' ? null : 'delta',
      resource,
      scope: { name: 'sentry', version: '' },
      labels,
      startNanos: timeNanos,
      timeNanos,
      data,
      exemplars:
        data.type === 'exponential_histogram' && typeof value === 'number'
          ? [
              {
                value,
                timeNanos,
                traceId,
                spanId: textAt(item, 'span_id')?.toLowerCase() ?? null,
                attributes: {},
              },
            ]
          : [],
    },
  ];
}

function toData(type: unknown, value: number): MetricData | undefined {
  switch (type) {
    case 'counter':
      return { type: 'sum', monotonic: true, value };
    case 'gauge':
      return { type: 'gauge', value };
    case 'distribution':
      return { type: 'exponential_histogram', value: observation(value) };
    default:
      return undefined;
  }
}

/** An exponential histogram of one value. */
function observation(value: number) {
  const none = { offset: 0, counts: [] };
  const bucket = {
    offset: Math.ceil(Math.log2(Math.abs(value)) * 2 ** scale) - 1,
    counts: [1],
  };
  return {
    count: 1,
    sum: value,
    min: value,
    max: value,
    scale,
    zeroCount: value === 0 ? 1 : 0,
    zeroThreshold: 0,
    positive: value > 0 ? bucket : none,
    negative: value < 0 ? bucket : none,
  };
}

/** Sentry's SDKs write who sent an item among its attributes. */
function splitAttributes(attributes: MetricPoint['labels']) {
  const isOrigin = (name: string) =>
    /^(service\.|sentry\.|server\.address$|deployment\.|telemetry\.|process\.|host\.)/.test(name);
  const entries = Object.entries(attributes);
  const service = attributes['service.name'] ?? attributes['server.address'];
  const instance = attributes['service.instance.id'];
  return {
    resource: {
      service: typeof service === 'string' ? service : 'unknown_service',
      instance: typeof instance === 'string' ? instance : null,
      attributes: Object.fromEntries(entries.filter(([name]) => isOrigin(name))),
    },
    labels: Object.fromEntries(entries.filter(([name]) => !isOrigin(name))),
  };
}
