import { createRequire } from 'node:module';
import type { CapturedError, ErrorDestination } from '../parts.ts';
import { errorType } from '../policy/error-type.ts';
import { scrubEvent } from './sentry-event.ts';
import { createSentryTransport, type SentryDeliveries } from './sentry-transport.ts';

export interface SentryOptions {
  readonly dsn: string;
  readonly environment: string;
  readonly release: string | undefined;
  readonly serverName: string;
  readonly service: string;
  readonly deliveries: SentryDeliveries;
  readonly timeoutMs: number;
}

export interface SentryClient extends ErrorDestination {
  /** Where Sentry takes spans by OTLP, and with which header. */
  readonly tracesEndpoint:
    | { readonly url: string; readonly headers: Record<string, string> }
    | undefined;
  /** What Sentry's own items carry, to be found by release and environment. */
  readonly itemAttributes: Readonly<Record<string, string>>;
  /** Sends log or metric items as an envelope of their own. Settles when they are out of the way. */
  sendItems(container: readonly [header: object, payload: object]): Promise<unknown>;
  flush(timeoutMs: number): Promise<boolean>;
  close(timeoutMs: number): Promise<boolean>;
}

/** What an error needs; all other integrations instrument, and here OpenTelemetry does that. */
const integrationNames = new Set([
  'EventFilters',
  'FunctionToString',
  'LinkedErrors',
  'SystemError',
  'ContextLines',
  'NodeContext',
  'Context',
]);

/**
 * Starts Sentry for errors and for items made by hand: no tracing, no runtime injection, no process handlers. The client is built by
 * hand because `init` reads variables of its own, and `SENTRY_TRACES_SAMPLE_RATE` would switch its tracing on.
 */
export function startSentry(options: SentryOptions): SentryClient {
  const { dsn, environment, release, serverName, service, deliveries, timeoutMs } = options;
  const Sentry = loadSentry();
  const integrations = Sentry.getDefaultIntegrationsWithoutPerformance()
    .filter(({ name }) => integrationNames.has(name))
    .concat(Sentry.openTelemetryIntegration());
  const client = new Sentry.NodeClient({
    dsn,
    environment,
    serverName,
    ...(release === undefined ? {} : { release }),
    integrations,
    stackParser: Sentry.defaultStackParser,
    transport: createSentryTransport({
      makeTransport: Sentry.makeNodeTransport,
      deliveries,
      timeoutMs,
    }) as never,
    enableRuntimeChannelInjection: false,
    sendClientReports: false,
    maxBreadcrumbs: 0,
    traceLifecycle: 'static',
    beforeSend: scrubEvent,
    initialScope: { tags: { service } },
  });
  const scope = Sentry.getCurrentScope();
  scope.setClient(client);
  scope.setTag('service', service);
  client.init();
  const sdk = client.getSdkMetadata()?.sdk ?? {};
  // Called for what does not reach the transport: a filter took it, a processor failed.
  client.recordDroppedEvent = (_reason, category, count = 1) => {
    if (!itemCategories.has(category)) deliveries.event.dropped(count);
  };

  countUnprepared(client, deliveries.event);

  return {
    tracesEndpoint: Sentry.getOtlpTracesEndpoint(dsn),
    itemAttributes: {
      'sentry.environment': environment,
      ...(release === undefined ? {} : { 'sentry.release': release }),
      'sentry.sdk.name': sdk.name ?? 'sentry.javascript.node',
      'sentry.sdk.version': sdk.version ?? Sentry.SDK_VERSION,
      'server.address': serverName,
    },
    capture(captured) {
      if (!deliveries.event.admit()) return undefined;
      try {
        return send(Sentry, captured);
      } catch (error) {
        deliveries.event.failed(1, error);
        throw error;
      }
    },
    sendItems: async (container) => client.sendEnvelope([{ sdk }, [container]] as never),
    flush: async (ms) => client.flush(ms),
    close: async (ms) => {
      // At once, and not after the wait: what is captured from here on is not sent.
      client.getOptions().enabled = false;
      return client.close(ms);
    },
  };
}

interface Processing {
  _process(task: () => PromiseLike<unknown>, category: string): void;
}

/**
 * An event whose preparation fails (a cause that throws when it is looked at) reaches neither the transport nor
 * `recordDroppedEvent`: the client swallows the failure here, and nobody would hear of it.
 */
function countUnprepared(client: object, delivery: SentryDeliveries['event']): void {
  const processing = client as Processing;
  const original = processing._process.bind(client);
  const lose = (reason: unknown): void => delivery.failed(1, reason);
  processing._process = (task, category) =>
    // Without `await`: the client's own promises settle at once, and each task holds a place in its queue.
    original(() => task().then(undefined, lose), category);
}

/** What the client reports besides events: none of it is made here, and none of it was taken in as an error. */
const itemCategories: ReadonlySet<string> = new Set(['span', 'log_item', 'trace_metric']);

/** Its CommonJS build: the same code in half the time, as the other build's 600 modules are resolved one by one. */
function loadSentry(): typeof import('@sentry/node') {
  return createRequire(import.meta.url)('@sentry/node');
}

function send(Sentry: typeof import('@sentry/node'), captured: CapturedError): string {
  const { error, message, level, context, contexts, tags, user, traceUrl } = captured;
  const captureContext = {
    level,
    tags: { ...tags, ...(message === undefined ? { 'error.type': errorType(error) } : {}) },
    contexts: {
      ...contexts,
      ...(Object.keys(context).length === 0 ? {} : { details: context }),
      // A context and no tag: tags are indexed, and cut at 200 characters.
      ...(traceUrl === undefined ? {} : { links: { trace_url: traceUrl } }),
    },
    ...(user === undefined ? {} : { user: { id: user.id } }),
  };
  return message === undefined
    ? Sentry.captureException(error, captureContext)
    : Sentry.captureMessage(message, captureContext);
}
