import type { FastifyInstance } from 'fastify';
import { sendProblem, toProblem } from '../../http/problem.ts';
import { plainBody, takeRawBodies } from '../../http/raw-body.ts';
import type { Reception } from '../../store/reception.ts';
import type { TelemetryStore } from '../../store/telemetry-store.ts';
import {
  type EnvelopeItem,
  type Header,
  isObject,
  malformed,
  parseEnvelope,
  parseJsonObject,
} from './envelope.ts';
import { textAt, toErrorEvent } from './error-event.ts';
import { toLogRecords } from './sentry-log.ts';
import { toMetricPoints } from './sentry-metric.ts';

export interface SentryRoutesOptions {
  readonly store: TelemetryStore;
  readonly reception: Reception;
  readonly bodyBytesMax: number;
  readonly now: () => number;
  readonly createId: () => string;
  readonly onUnexpected: (error: unknown) => void;
}

/** The envelope address of a DSN. Any project and any key will do. */
export async function sentryRoutes(scope: FastifyInstance, options: SentryRoutesOptions) {
  takeRawBodies(scope);

  scope.post('/api/:project/envelope', async (request, reply) => {
    options.reception.countRequest('sentry');
    const body = await plainBody(request, options.bodyBytesMax);
    options.reception.countBytes(body.length);
    const envelope = parseEnvelope(body);
    const parsed = envelope.items.map((item) => ({ item, content: contentOf(item) }));
    const id = textAt(envelope.header, 'event_id') ?? eventIdOf(parsed) ?? options.createId();
    for (const { item, content } of parsed) takeItem(item, content, { ...options, eventId: id });
    return reply.send({ id });
  });

  // The address of SDKs from before there were envelopes: one event as JSON.
  scope.post('/api/:project/store', async (request, reply) => {
    options.reception.countRequest('sentry');
    const body = await plainBody(request, options.bodyBytesMax);
    options.reception.countBytes(body.length);
    const event = parseJsonObject(body);
    if (event === undefined) throw malformed('the event is not a JSON object');
    const id = textAt(event, 'event_id') ?? options.createId();
    const item = { type: 'event', header: {}, payload: body };
    takeItem(item, event, { ...options, eventId: id });
    return reply.send({ id });
  });

  scope.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.statusCode >= 500) options.onUnexpected(error);
    else if (problem.statusCode !== 403) {
      const path = request.url.slice(0, 200);
      options.reception.refuse({ path, status: problem.statusCode, detail: problem.message });
    }
    return sendProblem(request, reply, problem);
  });
}

const readTypes = new Set(['event', 'session', 'sessions', 'client_report', 'log', 'trace_metric']);

/** The JSON of the items that are looked into; others are only counted, whatever is in them. */
function contentOf({ type, payload }: EnvelopeItem): Header {
  if (!readTypes.has(type)) return {};
  const content = parseJsonObject(payload);
  if (content === undefined) throw malformed(`the item ${type} is not a JSON object`);
  return content;
}

function eventIdOf(items: readonly { item: EnvelopeItem; content: Header }[]): string | null {
  const event = items.find(({ item }) => item.type === 'event');
  return event === undefined ? null : textAt(event.content, 'event_id');
}

function takeItem(
  { type, header }: EnvelopeItem,
  content: Header,
  { store, reception, now, eventId }: SentryRoutesOptions & { eventId: string },
): void {
  reception.countSentryItem(type, quantityOf(header['item_count']));
  switch (type) {
    case 'event':
      reception.countError();
      store.errors.add(
        toErrorEvent(content, {
          eventId: textAt(content, 'event_id') ?? eventId,
          receivedAtMs: now(),
        }),
      );
      return;
    case 'log': {
      const records = toLogRecords(content, now());
      reception.countSignal('logs', { received: records.length, rejected: 0 });
      for (const record of records) store.logs.add(record);
      return;
    }
    case 'trace_metric': {
      const { points, rejected } = toMetricPoints(content, now());
      reception.countSignal('metrics', { received: points.length + rejected, rejected });
      for (const point of points) store.metrics.add(point);
      return;
    }
    case 'session':
      reception.countSession(textAt(content, 'status') ?? 'ok', 1);
      return;
    case 'sessions':
      countSessions(content, reception);
      return;
    case 'client_report':
      countDiscarded(content, reception);
      return;
    default:
  }
}

function countDiscarded(report: Header, reception: Reception): void {
  const discarded = report['discarded_events'];
  if (!Array.isArray(discarded)) return;
  for (const entry of discarded.filter(isObject)) {
    const name = `${textAt(entry, 'category') ?? 'unknown'}/${textAt(entry, 'reason') ?? 'unknown'}`;
    reception.countClientReport(name, quantityOf(entry['quantity']));
  }
}

/** Sessions of servers come as counts by minute and outcome. */
function countSessions(sessions: Header, reception: Reception): void {
  const aggregates = sessions['aggregates'];
  if (!Array.isArray(aggregates)) return;
  for (const aggregate of aggregates.filter(isObject)) {
    for (const status of ['exited', 'errored', 'abnormal', 'crashed', 'unhandled']) {
      if (aggregate[status] !== undefined) {
        reception.countSession(status, quantityOf(aggregate[status]));
      }
    }
  }
}

/** One where nothing usable is said. */
function quantityOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 1;
}
