import {
  type IExportMetricsServiceResponse,
  type ISerializer,
  JsonMetricsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { type Exemplar, exemplarsOf } from '../metrics/exemplar.ts';
import { type Appendix, appendToMessage, bytesField, fixed64Field } from './protobuf-append.ts';

export type MetricsSerializer = ISerializer<ResourceMetrics, IExportMetricsServiceResponse>;

/** The exemplars of a data point, and where it stands in the request. */
interface Place {
  readonly scope: number;
  readonly metric: number;
  readonly point: number;
  readonly kind: 'sum' | 'histogram';
  readonly exemplars: readonly Exemplar[];
}

/** The SDK's JSON, with the exemplars that it leaves out. */
export const jsonWithExemplars: MetricsSerializer = {
  serializeRequest: (metrics) =>
    withExemplars(metrics, JsonMetricsSerializer.serializeRequest(metrics), appendToJson),
  deserializeResponse: JsonMetricsSerializer.deserializeResponse,
};

/** The SDK's protobuf, with the exemplars that it leaves out. */
export const protobufWithExemplars: MetricsSerializer = {
  serializeRequest: (metrics) =>
    withExemplars(metrics, ProtobufMetricsSerializer.serializeRequest(metrics), (request, places) =>
      appendToMessage(request, toAppendix(places)),
    ),
  deserializeResponse: ProtobufMetricsSerializer.deserializeResponse,
};

function withExemplars(
  metrics: ResourceMetrics,
  request: Uint8Array | undefined,
  append: (request: Uint8Array, places: readonly Place[]) => Uint8Array,
): Uint8Array | undefined {
  const places = findPlaces(metrics);
  if (request === undefined || places.length === 0) return request;
  try {
    return append(request, places);
  } catch {
    // An encoding we do not know: the metrics matter more than their exemplars.
    return request;
  }
}

function findPlaces({ scopeMetrics }: ResourceMetrics): Place[] {
  return scopeMetrics.flatMap(({ metrics }, scope) =>
    metrics.flatMap((data, metric) => {
      const kind = kindOf(data);
      if (kind === undefined) return [];
      return data.dataPoints.flatMap((each, point) => {
        const exemplars = exemplarsOf(each);
        return exemplars.length === 0 ? [] : [{ scope, metric, point, kind, exemplars }];
      });
    }),
  );
}

function kindOf({ dataPointType }: MetricData): Place['kind'] | undefined {
  if (dataPointType === DataPointType.SUM) return 'sum';
  return dataPointType === DataPointType.HISTOGRAM ? 'histogram' : undefined;
}

interface JsonRequest {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly [kind in Place['kind']]?: { readonly dataPoints: readonly object[] };
      }[];
    }[];
  }[];
}

function appendToJson(request: Uint8Array, places: readonly Place[]): Uint8Array {
  const json = JSON.parse(Buffer.from(request).toString()) as JsonRequest;
  for (const { scope, metric, point, kind, exemplars } of places) {
    const metrics = json.resourceMetrics[0]?.scopeMetrics[scope]?.metrics;
    const target = metrics?.[metric]?.[kind]?.dataPoints[point];
    if (target !== undefined) Object.assign(target, { exemplars: exemplars.map(toJsonExemplar) });
  }
  return Buffer.from(JSON.stringify(json));
}

function toJsonExemplar({ value, timeMs, traceId, spanId }: Exemplar) {
  return { timeUnixNano: String(toNanoseconds(timeMs)), asDouble: value, traceId, spanId };
}

/** Field numbers of opentelemetry.proto.metrics.v1. */
const fields = {
  resourceMetrics: 1,
  scopeMetrics: 2,
  metrics: 2,
  data: { sum: 7, histogram: 9 },
  dataPoints: 1,
  exemplars: { sum: 5, histogram: 8 },
  exemplar: { time: 2, double: 3, spanId: 4, traceId: 5 },
} as const;

function toAppendix(places: readonly Place[]): Appendix {
  const scopes = Map.groupBy(places, ({ scope }) => scope);
  return within(fields.resourceMetrics, 0, {
    embedded: new Map([[fields.scopeMetrics, mapValues(scopes, toScopeAppendix)]]),
  });
}

function toScopeAppendix(places: readonly Place[]): Appendix {
  const metrics = Map.groupBy(places, ({ metric }) => metric);
  return { embedded: new Map([[fields.metrics, mapValues(metrics, toMetricAppendix)]]) };
}

/** A metric's data is of one kind. */
function toMetricAppendix(places: readonly Place[]): Appendix {
  const kind = places[0]?.kind ?? 'sum';
  const points = new Map(places.map(({ point, exemplars }) => [point, toFields(kind, exemplars)]));
  return within(fields.data[kind], 0, { embedded: new Map([[fields.dataPoints, points]]) });
}

function toFields(kind: Place['kind'], exemplars: readonly Exemplar[]): Appendix {
  const encoded = exemplars.map((each) => bytesField(fields.exemplars[kind], encode(each)));
  return { fields: Buffer.concat(encoded) };
}

function encode({ value, timeMs, traceId, spanId }: Exemplar): Uint8Array {
  return Buffer.concat([
    fixed64Field(fields.exemplar.time, toNanoseconds(timeMs)),
    fixed64Field(fields.exemplar.double, value),
    bytesField(fields.exemplar.spanId, Buffer.from(spanId, 'hex')),
    bytesField(fields.exemplar.traceId, Buffer.from(traceId, 'hex')),
  ]);
}

function toNanoseconds(timeMs: number): bigint {
  return BigInt(Math.trunc(timeMs)) * 1_000_000n;
}

function within(field: number, position: number, appendix: Appendix): Appendix {
  return { embedded: new Map([[field, new Map([[position, appendix]])]]) };
}

function mapValues<Key, From, To>(from: Map<Key, From>, to: (value: From) => To): Map<Key, To> {
  return new Map([...from].map(([key, value]) => [key, to(value)]));
}
