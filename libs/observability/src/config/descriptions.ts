/** Configuration path → what it is for, in one sentence: the reference is made from it. */
export const descriptions: Readonly<Record<string, string>> = {
  enabled: 'Switches OpenTelemetry (not Sentry) on.',
  disabled: 'OpenTelemetry’s own switch, with the other sign; it wins.',
  'service.name': '`service.name`, where it is not the name the program gives itself.',
  'service.version': '`service.version`. Unset: the first twelve digits of the revision.',
  'service.instanceId':
    '`service.instance.id`, stable per replica; commands add `-cli-0` to `-cli-7`. Unset: the host’s name.',
  'service.revision': 'The commit that was deployed.',
  resource: 'Further resource attributes, over the ones found.',
  instrumentation:
    '`lean`: incoming and outgoing HTTP, SQL, the runtime. `auto`: whatever there is an instrumentation for.',
  'routing.errors': 'Where unexpected errors go.',
  'routing.metrics': 'Where metrics go.',
  'routing.traces': 'Where spans go; `none` still makes ids.',
  'routing.logs': 'Where log records go; lines on standard output are written in any case.',
  'otel.exporter': '`console` prints instead of sending.',
  'otel.endpoint': 'Base address of the OTLP receiver; `/v1/<signal>` is added.',
  'otel.developmentEndpoint': 'What an unset endpoint means in development.',
  'otel.protocol': 'Grafana Cloud takes `http/protobuf`.',
  'otel.headers': 'Headers of each export, as `key=value,key=value` with percent-encoded values.',
  'otel.compression': 'Compression of each export.',
  'otel.timeoutMs': 'Milliseconds for one export, all its retries included.',
  'otel.traces.enabled': 'Switches traces on.',
  'otel.traces.ratio': 'Share of traces kept, decided from the trace id.',
  'otel.metrics.enabled': 'Switches metrics on, pushed and scraped.',
  'otel.metrics.exportIntervalMs': 'Milliseconds between two exports of metrics.',
  'otel.logs.enabled': 'Switches log records on.',
  'traces.url':
    'Where a trace is shown, with `{traceId}` in it; Sentry events link there. Unset: the console’s API in development.',
  'traces.serviceKey':
    'What our services show each other: with it a caller’s sampled flag holds, without it never.',
  'traces.internalHosts':
    'Who gets the key with each request: `host` or `host:port`, with commas between.',
  'traces.tail.enabled':
    'Keeps this process’s spans of failed and slow traces that sampling dropped; records all spans.',
  'traces.tail.slowMs': 'Milliseconds from which a trace is slow.',
  'traces.tail.tracesMax': 'Traces watched at once, for each destination.',
  'traces.tail.bytesMax': 'Estimated bytes of the spans held, for each destination.',
  'metrics.seriesMax': 'Series a metric may have; what is beyond is folded into one.',
  'metrics.startAtZero': 'Counters with at most 200 label sets are exported at 0 from the start.',
  'prometheus.enabled': 'Switches `/metrics` on.',
  'sentry.dsn': '`https://<key>@<host>/<project>`. Unset: Sentry is off, and nothing else.',
  'sentry.release':
    'Release of Sentry events and items. Unset: the revision, else `service.version`.',
  'sentry.tracesSampleRate': 'Share of traces Sentry gets where traces are routed to it.',
  'log.level': 'The least level of a line on standard output.',
};
