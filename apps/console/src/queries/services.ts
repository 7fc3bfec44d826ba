import type { Operation, ServiceAnswer, ServiceSummary } from '../api/contract/overview.ts';
import type { Resource } from '../store/model.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { isRequest, RequestTally } from './request-tally.ts';
import { severityNumberOf } from './search-logs.ts';
import { isoOf, millisecondsOf } from './time.ts';
import { type TimeWindow, toWindowView } from './time-window.ts';

const operationsMax = 100;

interface ServiceTally {
  readonly requests: RequestTally;
  readonly operations: Map<string, RequestTally>;
  readonly instances: Set<string>;
  spanCount: number;
  errorLogCount: number;
  errorEventCount: number;
  lastSeenMs: number;
}

/** What every service did within the window; who was heard of before is listed with zeros. */
export class ServiceTallies {
  readonly all: RequestTally;
  readonly #window: TimeWindow;
  readonly #services = new Map<string, ServiceTally>();

  constructor(store: TelemetryStore, window: TimeWindow) {
    this.#window = window;
    this.all = new RequestTally(window.steps);
    this.#countSpans(store);
    this.#countLogs(store);
    this.#countErrors(store);
    for (const { resource, updatedAtMs } of store.metrics.list()) this.#seen(resource, updatedAtMs);
  }

  list(): ServiceSummary[] {
    return [...this.#services]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([service, tally]) => this.#summarize(service, tally));
  }

  /** @returns undefined where nothing of that service is stored. */
  show(service: string): ServiceAnswer | undefined {
    const tally = this.#services.get(service);
    if (tally === undefined) return undefined;
    const { windowSeconds } = this.#window;
    const operations = [...tally.operations]
      .map(([name, requests]): Operation => ({ name, ...requests.summary(windowSeconds) }))
      .sort((a, b) => b.requestCount - a.requestCount);
    return {
      ...toWindowView(this.#window),
      ...this.#summarize(service, tally),
      operations: operations.slice(0, operationsMax),
      instances: [...tally.instances].sort(),
    };
  }

  #summarize(service: string, tally: ServiceTally): ServiceSummary {
    const { requests, spanCount, errorLogCount, errorEventCount, lastSeenMs } = tally;
    return {
      service,
      ...requests.summary(this.#window.windowSeconds),
      ...requests.series(),
      spanCount,
      errorLogCount,
      errorEventCount,
      lastSeen: isoOf(lastSeenMs),
    };
  }

  #countSpans({ traces }: TelemetryStore): void {
    for (const { spans } of traces.list()) {
      for (const { span } of spans.values()) {
        const endMs = millisecondsOf(span.endNanos);
        const tally = this.#seen(span.resource, endMs);
        if (!this.#isWithin(endMs)) continue;
        tally.spanCount += 1;
        if (!isRequest(span)) continue;
        this.all.add(span);
        tally.requests.add(span);
        let operation = tally.operations.get(span.name);
        if (operation === undefined) {
          operation = new RequestTally();
          tally.operations.set(span.name, operation);
        }
        operation.add(span);
      }
    }
  }

  #countLogs({ logs }: TelemetryStore): void {
    const numberMin = severityNumberOf('error');
    for (const { resource, timeNanos, severityNumber } of logs.list()) {
      const timeMs = millisecondsOf(timeNanos);
      const tally = this.#seen(resource, timeMs);
      if (severityNumber >= numberMin && this.#isWithin(timeMs)) tally.errorLogCount += 1;
    }
  }

  #countErrors({ errors }: TelemetryStore): void {
    for (const { service, timeMs } of errors.list()) {
      if (service === null) continue;
      const tally = this.#seen({ service, instance: null, attributes: {} }, timeMs);
      if (this.#isWithin(timeMs)) tally.errorEventCount += 1;
    }
  }

  #isWithin(timeMs: number): boolean {
    return timeMs >= this.#window.fromMs && timeMs <= this.#window.toMs;
  }

  #seen({ service, instance }: Resource, timeMs: number): ServiceTally {
    let tally = this.#services.get(service);
    if (tally === undefined) {
      tally = {
        requests: new RequestTally(this.#window.steps),
        operations: new Map(),
        instances: new Set(),
        spanCount: 0,
        errorLogCount: 0,
        errorEventCount: 0,
        lastSeenMs: timeMs,
      };
      this.#services.set(service, tally);
    }
    if (instance !== null) tally.instances.add(instance);
    if (timeMs > tally.lastSeenMs) tally.lastSeenMs = timeMs;
    return tally;
  }
}
