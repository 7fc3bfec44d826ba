import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Observability } from '@aiq/observability';
import type { FastifyInstance } from 'fastify';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import { type ProblemCode, problemCodes, problemType } from './problem-codes.ts';
import { ProblemError } from './problem-error.ts';

/** An error of Node's parser: with its code, or that of the time a request may take. */
type ParserError = Error & { readonly code?: string };

const codesByParserError: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_INVALID_EOF_STATE: 'request_aborted',
};

/** The request that a connection is reading, or read last. */
interface Reading {
  isComplete(): boolean;
  /** Ends it with what is wrong with its body. */
  fail(error: Error): void;
}

/**
 * Creates what answers a client whose bytes did not become a request, before any route and any hook: a problem
 * as every other, counted as `unmatched`. Where the head had become one and the body fails, it is that request
 * that is answered, counted and traced, by its own error handler.
 */
export function createClientErrorHandler(observability: Observability<BackendMetrics>) {
  const readings = new WeakMap<Socket, Reading>();

  return {
    /** Notes which request a connection is reading. Before any other hook. */
    track(app: FastifyInstance): void {
      const failures = new WeakMap<object, Error>();
      app.addHook('onRequest', (request, reply, done) => {
        const { raw } = request;
        readings.set(raw.socket, {
          isComplete: () => raw.complete,
          fail(error) {
            failures.set(raw, error);
            if (reply.sent) raw.socket.destroySoon();
            else reply.header('connection', 'close');
            // Whoever reads the body hears it; where nobody does yet, the hook below tells.
            if (raw.listenerCount('error') > 0) raw.emit('error', error);
          },
        });
        done();
      });
      app.addHook('preParsing', (request, _reply, _payload, done) =>
        done(failures.get(request.raw)),
      );
    },

    handle(error: ParserError, socket: Socket): void {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return;
      }
      const code = codesByParserError[error.code ?? ''] ?? 'bad_request';
      const reading = readings.get(socket);
      if (reading?.isComplete() === false) {
        reading.fail(new ProblemError(code, { cause: error }));
        return;
      }
      observability.recordMetric('app.errors', 1, {
        'error.type': code,
        'http.route': 'unmatched',
      });
      const requestId = randomUUID();
      observability.logger.info('a request could not be read', {
        'error.type': code,
        reason: error.code ?? error.message,
        request_id: requestId,
      });
      socket.end(toAnswer(code, requestId));
    },
  };
}

function toAnswer(code: ProblemCode, requestId: string): string {
  const { status, title } = problemCodes[code];
  const problem = { type: problemType(code), title, status, code, instance: '', traceId: null };
  const body = JSON.stringify({ ...problem, requestId });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}
