/**
 * What the console keeps of each signal, independent of the road on which it came.
 *
 * @module
 */

/** The road on which an item came: plain OTLP, or an address made from a Sentry DSN. */
export type Door = 'otlp' | 'sentry';

export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Who sent it. One object is shared by all items of one export. */
export interface Resource {
  /** `service.name`, or `unknown_service`. */
  readonly service: string;
  /** `service.instance.id`. */
  readonly instance: string | null;
  readonly attributes: Attributes;
}

export interface Scope {
  readonly name: string;
  readonly version: string;
}

export const spanKinds = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const;
export type SpanKind = (typeof spanKinds)[number];

export const spanStatuses = ['unset', 'ok', 'error'] as const;
export type SpanStatus = (typeof spanStatuses)[number];

export interface SpanEvent {
  readonly name: string;
  readonly timeNanos: bigint;
  readonly attributes: Attributes;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly resource: Resource;
  readonly scope: Scope;
  readonly traceState: string;
  readonly flags: number;
  readonly startNanos: bigint;
  readonly endNanos: bigint;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** What the sender cut off. */
  readonly dropped: {
    readonly attributes: number;
    readonly events: number;
    readonly links: number;
  };
}

export interface LogRecord {
  readonly door: Door;
  readonly timeNanos: bigint;
  /** 1 to 24, in six groups of four: trace, debug, info, warn, error, fatal; 0 where not known. */
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly resource: Resource;
  readonly scope: Scope;
}

export interface ErrorException {
  readonly type: string;
  readonly value: string;
  readonly handled: boolean | null;
  readonly frames: readonly AttributeValue[];
}

/** A Sentry error event, with what the console searches by lifted out. */
export interface ErrorEvent {
  readonly eventId: string;
  /** Events of one group share it. */
  readonly fingerprint: string;
  readonly timeMs: number;
  readonly level: string;
  readonly message: string;
  readonly exceptions: readonly ErrorException[];
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly release: string | null;
  readonly tags: Attributes;
  /** The event as it came. */
  readonly event: Readonly<Record<string, unknown>>;
}
