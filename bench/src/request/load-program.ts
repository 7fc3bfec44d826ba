import { Pool as Connections } from 'undici';
import { quantile } from '../shared/statistics.ts';
import { createRequestSource, type SourceOrder } from './request-source.ts';

/** What one burst of requests is to be. */
export interface LoadOrder {
  readonly source: SourceOrder;
  readonly origin: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second, whatever the answers do (open loop). Absent: as many as `connections` take (closed loop). */
  readonly ratePerSecond?: number;
}

/** Latencies in milliseconds; of an open loop from the moment that a request was due. */
export interface LoadFigures {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

process.on('message', async (order: LoadOrder) => {
  process.send?.(await generate(order));
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

async function generate(order: LoadOrder): Promise<LoadFigures> {
  const pool = new Connections(order.origin, {
    connections: order.connections,
    pipelining: 1,
  });
  const source = createRequestSource(order.source);
  const latencies: number[] = [];
  let failures = 0;
  const send = async (dueAtMs: number): Promise<void> => {
    const { options, onAnswer } = source.next();
    try {
      const { statusCode, body } = await pool.request(options);
      const text = await body.text();
      if (statusCode >= 300) failures += 1;
      onAnswer(statusCode, text);
    } catch {
      failures += 1;
      onAnswer(0, '');
    }
    latencies.push(performance.now() - dueAtMs);
  };

  const startedAtMs = performance.now();
  const untilMs = startedAtMs + order.seconds * 1_000;
  if (order.ratePerSecond === undefined) await closedLoop(order.connections, untilMs, send);
  else await openLoop(order.ratePerSecond, startedAtMs, untilMs, send);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  await pool.close();

  const sorted = Float64Array.from(latencies).sort();
  return {
    requests: sorted.length,
    failures,
    seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
  };
}

async function closedLoop(
  connections: number,
  untilMs: number,
  send: (dueAtMs: number) => Promise<void>,
): Promise<void> {
  const work = async (): Promise<void> => {
    while (performance.now() < untilMs) await send(performance.now());
  };
  await Promise.all(Array.from({ length: connections }, work));
}

/** Evenly spaced arrivals. Turns of the event loop are the clock: a timer would round to milliseconds. */
async function openLoop(
  ratePerSecond: number,
  startedAtMs: number,
  untilMs: number,
  send: (dueAtMs: number) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const turn = (): void => {
      const nowMs = performance.now();
      const due = Math.floor(((Math.min(nowMs, untilMs) - startedAtMs) / 1_000) * ratePerSecond);
      for (; sent < due; sent += 1) {
        const request = send(startedAtMs + (sent / ratePerSecond) * 1_000);
        inFlight.add(request);
        void request.finally(() => inFlight.delete(request));
      }
      if (nowMs < untilMs) setImmediate(turn);
      else resolve();
    };
    turn();
  });
  await Promise.all(inFlight);
}
