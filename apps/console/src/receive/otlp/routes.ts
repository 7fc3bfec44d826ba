import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, toProblem } from '../../http/problem.ts';
import { plainBody, takeRawBodies } from '../../http/raw-body.ts';
import type { Door } from '../../store/model.ts';
import type { Reception } from '../../store/reception.ts';
import type { TelemetryStore } from '../../store/telemetry-store.ts';
import { decodeLogs } from './decode-logs.ts';
import { decodeMetrics } from './decode-metrics.ts';
import { decodeTraces } from './decode-traces.ts';
import type { Decoded } from './decoded.ts';
import { createOtlpCodec, encodingOf, mediaTypes, statusCodes } from './encoding.ts';
import { type Fields, MalformedPayload } from './fields.ts';
import { loadOtlpMessages, type Signal } from './messages.ts';

export interface OtlpRoutesOptions {
  readonly store: TelemetryStore;
  readonly reception: Reception;
  readonly bodyBytesMax: number;
  readonly onUnexpected: (error: unknown) => void;
}

/** OTLP/HTTP of the three signals, and the traces address that Sentry's SDK makes from a DSN. */
export async function otlpRoutes(scope: FastifyInstance, options: OtlpRoutesOptions) {
  const codec = createOtlpCodec(loadOtlpMessages());
  const { reception } = options;
  takeRawBodies(scope);

  const receive =
    (signal: Signal, door: Door) => async (request: FastifyRequest, reply: FastifyReply) => {
      reception.countRequest(door);
      const encoding = encodingOf(request.headers['content-type']);
      if (encoding === undefined) {
        throw new Problem(415, 'unsupported_media_type', {
          detail: `Content type: expected ${Object.values(mediaTypes).join(' or ')}.`,
        });
      }
      const body = await plainBody(request, options.bodyBytesMax);
      reception.countBytes(body.length);
      const { rejected, reason } = take(codec.decodeRequest(body, { signal, encoding }), {
        ...options,
        signal,
        door,
      });
      const partial =
        rejected > 0 ? { rejected, message: `${rejected} rejected: ${reason}` } : undefined;
      return reply
        .header('content-type', mediaTypes[encoding])
        .send(codec.encodeResponse(partial, { signal, encoding }));
    };

  scope.post('/v1/traces', receive('traces', 'otlp'));
  scope.post('/v1/metrics', receive('metrics', 'otlp'));
  scope.post('/v1/logs', receive('logs', 'otlp'));
  scope.post('/api/:project/integration/otlp/v1/traces', receive('traces', 'sentry'));

  // Errors are google.rpc.Status, in the encoding of the request.
  scope.setErrorHandler((error, request, reply) => {
    const problem = toOtlpProblem(error);
    if (problem.statusCode >= 500) options.onUnexpected(error);
    else if (problem.statusCode !== 403) {
      const path = request.url.slice(0, 200);
      reception.refuse({ path, status: problem.statusCode, detail: problem.message });
    }
    const encoding = encodingOf(request.headers['content-type']) ?? 'json';
    const status = { code: rpcCode(problem.statusCode), message: problem.message };
    return reply
      .code(problem.statusCode)
      .header('content-type', mediaTypes[encoding])
      .send(codec.encodeStatus(status, encoding));
  });
}

interface TakeOptions extends OtlpRoutesOptions {
  readonly signal: Signal;
  readonly door: Door;
}

/** Decodes all before it stores any: a malformed request leaves nothing behind. */
function take(request: Fields, { signal, door, store, reception }: TakeOptions) {
  const count = ({ items, rejected, reason }: Decoded<unknown>) => {
    reception.countSignal(signal, { received: items.length + rejected, rejected });
    return { rejected, reason };
  };
  switch (signal) {
    case 'traces': {
      const spans = decodeTraces(request);
      for (const span of spans.items) store.traces.add(span, door);
      return count(spans);
    }
    case 'metrics': {
      const points = decodeMetrics(request);
      for (const point of points.items) store.metrics.add(point);
      return count(points);
    }
    case 'logs': {
      const records = decodeLogs(request);
      for (const record of records.items) store.logs.add(record);
      return count(records);
    }
  }
}

function toOtlpProblem(error: unknown): Problem {
  if (!(error instanceof MalformedPayload)) return toProblem(error);
  return new Problem(400, error.code, { detail: error.message, cause: error });
}

function rpcCode(statusCode: number): number {
  switch (statusCode) {
    case 403:
      return statusCodes.permissionDenied;
    case 413:
      return statusCodes.resourceExhausted;
    case 415:
      return statusCodes.unimplemented;
    default:
      return statusCode >= 500 ? statusCodes.internal : statusCodes.invalidArgument;
  }
}
