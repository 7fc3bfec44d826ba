import { findInstanceId } from '../config/instance-id.ts';
import { findRelease } from '../config/release.ts';
import type { Settings } from '../config/settings.ts';
import { createDelivery, type Delivery } from '../export/delivery.ts';
import type { Channel } from '../lifecycle.ts';
import type { RecordListener } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { ErrorDestination, LogWriter } from '../parts.ts';
import { goesTo } from '../policy/routing.ts';
import { createItemBuffer, itemQueueMax } from './item-buffer.ts';
import {
  type LogItem,
  type MetricItem,
  toLogContainer,
  toMetricContainer,
} from './sentry-items.ts';
import { createSentryLogWriter } from './sentry-logs.ts';
import { createSentryMetrics } from './sentry-metrics.ts';
import { errorsMax } from './sentry-transport.ts';
import { type SentryClient, startSentry } from './start-sentry.ts';

/** What Sentry takes of this process; a signal that is not routed to it is absent. */
export interface SentryConnection {
  readonly errors: ErrorDestination | undefined;
  readonly logs: LogWriter | undefined;
  readonly onRecord: RecordListener | undefined;
  readonly tracesEndpoint: SentryClient['tracesEndpoint'];
  readonly channels: readonly Channel[];
  /** Begins to sample the store's states, where metrics are routed here. */
  watch(store: MetricStore): void;
  close(timeoutMs: number): Promise<unknown>;
}

const logBatchMax = 100;
const metricBatchMax = 1_000;

/** Connects where there is a DSN and a signal that goes there. */
export function connectSentry(
  settings: Settings,
  nowMs: () => number,
): SentryConnection | undefined {
  const { config, service } = settings;
  const { routing } = config;
  const { dsn } = config.sentry;
  const { environment, release } = findRelease(settings);
  const wanted = Object.values(routing).some((route) => goesTo(route, 'sentry'));
  if (dsn === undefined || !wanted) return undefined;

  const deliveryOf = (signal: keyof typeof routing, capacity: number): Delivery =>
    createDelivery(`${signal}.sentry`, () => new Date(nowMs()), { capacity });
  const deliveries = {
    event: deliveryOf('errors', errorsMax),
    log: deliveryOf('logs', itemQueueMax),
    trace_metric: deliveryOf('metrics', itemQueueMax),
  };
  const common = { 'service.name': config.service.name ?? service };
  const client = startSentry({
    dsn,
    environment,
    release,
    serverName: findInstanceId(settings),
    service,
    deliveries,
    timeoutMs: config.otel.timeoutMs,
  });
  const channels: Channel[] = [];
  const stops: (() => void)[] = [];
  const takesErrors = goesTo(routing.errors, 'sentry');
  const flushOf = async (delivery: Delivery, ms: number): Promise<boolean> => {
    const isDrained = await client.flush(ms);
    await delivery.settled();
    return isDrained;
  };
  if (takesErrors) {
    channels.push({ delivery: deliveries.event, flush: (ms) => flushOf(deliveries.event, ms) });
  }

  const logs = goesTo(routing.logs, 'sentry') ? openLogs() : undefined;
  const metrics = goesTo(routing.metrics, 'sentry') ? openMetrics() : undefined;
  return {
    errors: takesErrors ? client : undefined,
    logs,
    onRecord: metrics?.onRecord,
    tracesEndpoint: client.tracesEndpoint,
    channels,
    watch: (store) => metrics?.watch(store),
    close: (ms) => {
      for (const stop of stops) stop();
      return client.close(ms);
    },
  };

  function openLogs(): LogWriter {
    const delivery = deliveries.log;
    const attributes = { ...common, ...client.itemAttributes };
    const buffer = createItemBuffer<LogItem>({
      delivery,
      batchMax: logBatchMax,
      send: (items) => client.sendItems(toLogContainer(items, attributes)),
    });
    stops.push(buffer.stop);
    channels.push({
      delivery,
      flush(ms) {
        buffer.flush();
        return flushOf(delivery, ms);
      },
    });
    return createSentryLogWriter(buffer, nowMs);
  }

  function openMetrics() {
    const delivery = deliveries.trace_metric;
    const attributes = { ...common, ...client.itemAttributes };
    const buffer = createItemBuffer<MetricItem>({
      delivery,
      batchMax: metricBatchMax,
      send: (items) => client.sendItems(toMetricContainer(items, attributes)),
    });
    const { onRecord, sampleStates } = createSentryMetrics(buffer, nowMs);
    let sample = async (): Promise<void> => {};
    stops.push(buffer.stop);
    channels.push({
      delivery,
      async flush(ms) {
        await sample();
        buffer.flush();
        return flushOf(delivery, ms);
      },
    });
    const watch = (store: MetricStore): void => {
      sample = () => sampleStates(store);
      const timer = setInterval(() => void sample(), config.otel.metrics.exportIntervalMs);
      timer.unref();
      stops.push(() => clearInterval(timer));
    };
    return { onRecord, watch };
  }
}
