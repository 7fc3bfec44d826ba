import http from 'node:http';
import https from 'node:https';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type * as Sentry from '@sentry/node';
import type { Delivery } from '../export/delivery.ts';

/** Errors that are prepared or on their way at once; also the requests of all kinds. */
export const errorsMax = 64;

type Envelope = Parameters<ReturnType<typeof Sentry.makeNodeTransport>['send']>[0];

/** By type of item. */
export interface SentryDeliveries {
  readonly event: Delivery;
  readonly log: Delivery;
  readonly trace_metric: Delivery;
}

type NodeTransportOptions = NonNullable<Parameters<typeof Sentry.makeNodeTransport>[0]>;

/**
 * Sentry's transport, made harmless: its requests are not traced, end within a timeout, do not keep the process
 * alive, and are counted.
 */
export function createSentryTransport(options: {
  readonly makeTransport: typeof Sentry.makeNodeTransport;
  readonly deliveries: SentryDeliveries;
  readonly timeoutMs: number;
}): (transportOptions: NodeTransportOptions) => ReturnType<typeof Sentry.makeNodeTransport> {
  const { makeTransport, deliveries, timeoutMs } = options;
  return (transportOptions) => {
    const secure = transportOptions.url.startsWith('https:');
    const transport = makeTransport({
      ...transportOptions,
      bufferSize: errorsMax,
      keepAlive: false,
      httpModule: boundedHttp(secure ? https : http, timeoutMs),
    });
    return {
      flush: (ms) => transport.flush(ms),
      send: async (envelope) => {
        const { delivery, items } = readEnvelope(envelope, deliveries);
        try {
          const response = await context.with(suppressTracing(context.active()), () =>
            transport.send(envelope),
          );
          count(delivery, items, response.statusCode);
          return response;
        } catch (error) {
          delivery.failed(items, error);
          throw error;
        }
      },
    };
  };
}

/** The transport answers without a status where it did not send: its buffer is full, or it was told to wait. */
function count(delivery: Delivery, items: number, statusCode: number | undefined): void {
  if (statusCode === undefined) delivery.dropped(items);
  else if (statusCode < 300) delivery.exported(items);
  else delivery.failed(items, { message: 'Sentry refused', code: statusCode });
}

/** What an envelope holds: an event, or a container of log or metric items. */
function readEnvelope(
  [, items]: Envelope,
  deliveries: SentryDeliveries,
): { delivery: Delivery; items: number } {
  const [header] = items[0] ?? [];
  const { type, item_count: count } = (header ?? {}) as { type?: string; item_count?: number };
  if (type === 'log') return { delivery: deliveries.log, items: count ?? 1 };
  if (type === 'trace_metric') return { delivery: deliveries.trace_metric, items: count ?? 1 };
  return { delivery: deliveries.event, items: 1 };
}

/** An answer counts when it is whole: one that breaks off, or never ends, says nothing of what became of the items. */
function boundedHttp(module: typeof http | typeof https, timeoutMs: number) {
  return {
    request(options: unknown, callback?: (response: http.IncomingMessage) => void) {
      const request = module.request(options as http.RequestOptions, (response) => {
        response.on('error', (error) => request.destroy(error));
        response.on('end', () => callback?.(response));
        response.resume();
      });
      const timer = setTimeout(() => {
        request.destroy(new Error(`Sentry did not answer within ${timeoutMs} ms`));
      }, timeoutMs);
      timer.unref();
      request.once('close', () => clearTimeout(timer));
      request.once('socket', (socket) => socket.unref());
      return request;
    },
  } as never;
}
