import { startLoopbackServer } from '../http/loopback-server.ts';
import type { Attributes } from './attributes.ts';
import { startGrpcServer } from './grpc-server.ts';
import { type ReceivedLog, toLogs } from './logs.ts';
import { createMetricSeries, sumOfSeries } from './metric-series.ts';
import { type ReceivedMetric, toMetrics } from './metrics.ts';
import { decodeOtlp, type Signal } from './otlp-schema.ts';
import { type ReceivedSpan, toSpans } from './spans.ts';

/** A request as it came, in the order of arrival. */
export interface OtlpRequest {
  readonly transport: 'http' | 'grpc';
  /** `/v1/traces`, or the path of the gRPC method. */
  readonly path: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Size of the body after decompression. */
  readonly bytes: number;
  /** The body after decompression. */
  readonly body: Buffer;
  /** Why the request was refused. */
  readonly error?: string;
}

export interface OtlpReceiver extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT` with http/protobuf and http/json. */
  readonly url: string;
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT` with grpc. */
  readonly grpcUrl: string;
  readonly requests: readonly OtlpRequest[];
  spans(): readonly ReceivedSpan[];
  /** The state of every series as it was received last. */
  metrics(): readonly ReceivedMetric[];
  /**
   * Adds up the series of a metric that carry the labels, as they were received last: values of
   * sums and gauges, counts of histograms.
   *
   * @returns `undefined` when no such series was received; 0 means that one was, with 0.
   */
  metricValue(name: string, labels?: Attributes, service?: string): number | undefined;
  logs(): readonly ReceivedLog[];
  /** Forgets everything that was received. */
  clear(): void;
  stop(): Promise<void>;
}

const httpPaths: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
};

const grpcPaths: Readonly<Record<string, Signal>> = {
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export': 'traces',
  '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export': 'metrics',
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export': 'logs',
};

/**
 * Starts a real OTLP endpoint on loopback: http/protobuf, http/json (both also compressed) and gRPC.
 *
 * Every encoding gives the same spans, metrics and logs. A body that cannot be decoded is answered
 * with 400 and stays in `requests` with its error.
 *
 * @param options `port` of the HTTP endpoint. Default: a free one.
 */
export async function startOtlpReceiver(options: { port?: number } = {}): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  const series = createMetricSeries();

  const receive = (
    signal: Signal | undefined,
    request: Omit<OtlpRequest, 'error' | 'bytes' | 'body'>,
    body: Buffer,
  ) => {
    try {
      if (!signal) throw new Error(`unknown path ${request.path}`);
      const isGrpc = request.transport === 'grpc';
      const decoded = decodeOtlp(
        signal,
        isGrpc ? 'application/x-protobuf' : request.contentType,
        body,
      );
      if (signal === 'traces') spans.push(...toSpans(decoded));
      if (signal === 'metrics') series.add(toMetrics(decoded));
      if (signal === 'logs') logs.push(...toLogs(decoded));
      requests.push({ ...request, body, bytes: body.length });
    } catch (error) {
      requests.push({ ...request, body, bytes: body.length, error: String(error) });
      throw error;
    }
  };

  const http = await startLoopbackServer((message, body) => {
    const path = message.url?.split('?')[0] ?? '';
    const contentType = message.headers['content-type'] ?? '';
    const { headers } = message;
    if (message.method !== 'POST') return { status: 405 };
    receive(httpPaths[path], { transport: 'http', path, contentType, headers }, body);
    return contentType.startsWith('application/json')
      ? { status: 200, contentType: 'application/json', body: '{}' }
      : { status: 200, contentType: 'application/x-protobuf' };
  }, options.port);

  const grpc = await startGrpcServer((path, headers, body) => {
    const contentType = headers['content-type'] ?? '';
    receive(grpcPaths[path], { transport: 'grpc', path, contentType, headers }, body);
  });

  const stop = async () => {
    await Promise.all([http.stop(), grpc.stop()]);
  };

  return {
    url: http.url,
    grpcUrl: grpc.url,
    requests,
    spans: () => [...spans],
    metrics: () => series.list(),
    metricValue: (name, labels = {}, service) =>
      sumOfSeries(
        series
          .list()
          .filter(
            (metric) => metric.name === name && (service ?? metric.service) === metric.service,
          ),
        labels,
      ),
    logs: () => [...logs],
    clear() {
      requests.length = 0;
      spans.length = 0;
      logs.length = 0;
      series.clear();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
