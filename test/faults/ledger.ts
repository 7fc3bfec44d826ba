import type { OtlpReceiver, SentryReceiver } from '@aiq/testing';
import type { Account } from './accounting.ts';
import { idAttribute } from './victim/produced.ts';
import type { Told } from './victim/start-victim.ts';

const channels = {
  'traces.otel': 'spans',
  'logs.otel': 'logs',
  'traces.sentry': 'spans',
  'logs.sentry': 'logs',
  'errors.sentry': 'errors',
} as const;
type Channel = keyof typeof channels;
const channelNames = Object.keys(channels) as Channel[];

/** The ids that receivers got, apart by whether the fault answered. */
export interface Ledger {
  /** Takes what has come since the last time. */
  enter(isFault: boolean): void;
  accounts(told: Told): Account[];
}

/** The most items of one signal for one destination that were made and have not ended any way. */
export function heldItems({ produced, health }: Told): number {
  const held = channelNames.map((channel) => {
    const { exported, failed, dropped } = health.signals[channel] ?? nothing;
    return produced[channels[channel]] - exported - failed - dropped;
  });
  return Math.max(...held);
}

const nothing = { exported: 0, failed: 0, dropped: 0, failures: {} };

type Fields = Readonly<Record<string, unknown>>;

export function createLedger(otlp: OtlpReceiver, sentry: SentryReceiver): Ledger {
  const book = () => new Map(channelNames.map((name) => [name, new Set<string>()]));
  const answered = book();
  const inFault = book();

  return {
    enter(isFault) {
      const into = isFault ? inFault : answered;
      for (const [channel, ids] of Object.entries(read(otlp, sentry))) {
        for (const id of ids) into.get(channel as Channel)?.add(id);
      }
      otlp.clear();
      sentry.clear();
    },
    accounts: ({ produced, health }) =>
      channelNames.map((channel) => {
        const told = health.signals[channel] ?? nothing;
        const received = answered.get(channel) ?? new Set();
        return {
          channel,
          produced: produced[channels[channel]],
          acknowledged: told.exported,
          failed: told.failed,
          dropped: told.dropped,
          failures: told.failures ?? {},
          received: received.size,
          receivedInFault: [...(inFault.get(channel) ?? [])].filter((id) => !received.has(id))
            .length,
        };
      }),
  };
}

function read(otlp: OtlpReceiver, sentry: SentryReceiver): Record<Channel, string[]> {
  const spanId = ({ name, attributes }: { name: string; attributes: Fields }): string =>
    String(attributes[idAttribute] ?? `unexpected ${name}`);
  return {
    'traces.otel': otlp.spans().map(spanId),
    'logs.otel': otlp.logs().map(({ body, attributes }) => logId(String(body), attributes)),
    'traces.sentry': sentry.spans().map(spanId),
    'logs.sentry': sentry.items().flatMap(({ type, payload }) => {
      return type === 'log' ? toSentryLogIds(payload as SentryLogs) : [];
    }),
    'errors.sentry': sentry.events().map(({ contexts }) => {
      const { details } = contexts as { details?: Fields };
      return String(details?.[idAttribute]);
    }),
  };
}

interface SentryLogs {
  readonly items: readonly {
    readonly body: string;
    readonly attributes: Readonly<Record<string, { readonly value: unknown }>>;
  }[];
}

function toSentryLogIds({ items }: SentryLogs): string[] {
  return items.map(({ body, attributes }) =>
    logId(body, {
      [idAttribute]: attributes[idAttribute]?.value,
      request_id: attributes['request_id']?.value,
    }),
  );
}

/** The line of a request has no running number; its request has an id. */
function logId(body: string, attributes: Fields): string {
  return `${body} ${String(attributes[idAttribute] ?? attributes['request_id'])}`;
}
