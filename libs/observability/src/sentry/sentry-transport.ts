import http from 'node:http';
import https from 'node:https';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type * as Sentry from '@sentry/node';
import type { Delivery } from '../export/delivery.ts';

type NodeTransportOptions = NonNullable<Parameters<typeof Sentry.makeNodeTransport>[0]>;

/**
 * Sentry's transport, made harmless: its requests are not traced, end within a timeout, do not keep the process
 * alive, and are counted.
 */
export function createSentryTransport(options: {
  readonly makeTransport: typeof Sentry.makeNodeTransport;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
}): (transportOptions: NodeTransportOptions) => ReturnType<typeof Sentry.makeNodeTransport> {
  const { makeTransport, delivery, timeoutMs } = options;
  return (transportOptions) => {
    const secure = transportOptions.url.startsWith('https:');
    const transport = makeTransport({
      ...transportOptions,
      keepAlive: false,
      httpModule: boundedHttp(secure ? https : http, timeoutMs),
    });
    return {
      flush: (ms) => transport.flush(ms),
      send: async (envelope) => {
        try {
          const response = await context.with(suppressTracing(context.active()), () =>
            transport.send(envelope),
          );
          count(delivery, response.statusCode);
          return response;
        } catch (error) {
          delivery.failed(1, error);
          throw error;
        }
      },
    };
  };
}

/** The transport answers without a status where it did not send: its buffer is full, or it was told to wait. */
function count(delivery: Delivery, statusCode: number | undefined): void {
  if (statusCode === undefined) delivery.dropped(1);
  else if (statusCode < 300) delivery.exported(1);
  else delivery.failed(1, new Error(`Sentry answered ${statusCode}`));
}

function boundedHttp(module: typeof http | typeof https, timeoutMs: number) {
  return {
    request(options: unknown, callback?: (response: never) => void) {
      const request = module.request(options as http.RequestOptions, callback as never);
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
