import {
  type Attributes,
  type AttributeValue,
  toAttributes,
  toAttributeValue,
  toHexId,
  type WireAnyValue,
  type WireKeyValue,
} from './attributes.ts';

/** A log record as it was received, the same for every encoding. */
export interface ReceivedLog {
  /** `service.name` of the resource. */
  readonly service: string;
  readonly body: AttributeValue;
  readonly severityText: string;
  /** 1 (trace) to 24 (fatal 4); 0 when none was given. */
  readonly severityNumber: number;
  readonly attributes: Attributes;
  /** Lower-case hex; absent outside a span. */
  readonly traceId?: string;
  readonly spanId?: string;
  /** The name of an event; absent for an ordinary line. */
  readonly eventName?: string;
  /** Nanoseconds since 1970. */
  readonly timeUnixNano: string;
  readonly scope: string;
  readonly resource: Attributes;
}

interface WireLog {
  readonly body?: WireAnyValue;
  readonly severityText?: string;
  readonly severityNumber?: number;
  readonly attributes?: readonly WireKeyValue[];
  readonly traceId?: string | Uint8Array;
  readonly spanId?: string | Uint8Array;
  readonly eventName?: string;
  readonly timeUnixNano?: string | number;
}

interface WireLogs {
  readonly resourceLogs?: readonly {
    readonly resource?: { readonly attributes?: readonly WireKeyValue[] };
    readonly scopeLogs?: readonly {
      readonly scope?: { readonly name?: string };
      readonly logRecords?: readonly WireLog[];
    }[];
  }[];
}

/** Lists the log records of a decoded export request. */
export function toLogs(request: WireLogs): ReceivedLog[] {
  return (request.resourceLogs ?? []).flatMap((resourceLogs) => {
    const resource = toAttributes(resourceLogs.resource?.attributes);
    return (resourceLogs.scopeLogs ?? []).flatMap((scopeLogs) =>
      (scopeLogs.logRecords ?? []).map((log) => toLog(log, resource, scopeLogs.scope?.name ?? '')),
    );
  });
}

function toLog(log: WireLog, resource: Attributes, scope: string): ReceivedLog {
  const traceId = toHexId(log.traceId);
  const spanId = toHexId(log.spanId);
  return {
    service: String(resource['service.name'] ?? ''),
    body: toAttributeValue(log.body),
    severityText: log.severityText ?? '',
    severityNumber: log.severityNumber ?? 0,
    attributes: toAttributes(log.attributes),
    ...(traceId ? { traceId } : {}),
    ...(spanId ? { spanId } : {}),
    ...(log.eventName ? { eventName: log.eventName } : {}),
    timeUnixNano: String(log.timeUnixNano ?? 0),
    scope,
    resource,
  };
}
