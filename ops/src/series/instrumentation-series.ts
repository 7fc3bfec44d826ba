/** A metric that this repository does not declare, as Prometheus has it. */
interface ForeignMetric {
  /** Without `_bucket`, `_count` and `_sum`. */
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
}

const pool = 'db_client_connection_pool_name';

/** What OpenTelemetry's own instrumentations of Postgres, outgoing HTTP, Node and V8 record (docs/telemetry.md). */
const instrumentations: readonly ForeignMetric[] = [
  {
    name: 'db_client_operation_duration_seconds',
    kind: 'histogram',
    labels: [
      'db_collection_name',
      'db_namespace',
      'db_operation_name',
      'db_system_name',
      'error_type',
      'server_address',
      'server_port',
    ],
  },
  {
    name: 'db_client_connection_count',
    kind: 'gauge',
    labels: [pool, 'db_client_connection_state'],
  },
  { name: 'db_client_connection_max', kind: 'gauge', labels: [pool] },
  { name: 'db_client_connection_pending_requests', kind: 'gauge', labels: [pool] },
  {
    name: 'http_client_request_duration_seconds',
    kind: 'histogram',
    labels: [
      'http_request_method',
      'http_response_status_code',
      'error_type',
      'network_protocol_version',
      'server_address',
      'server_port',
    ],
  },
  { name: 'nodejs_eventloop_delay_p50_seconds', kind: 'gauge', labels: [] },
  { name: 'nodejs_eventloop_delay_p99_seconds', kind: 'gauge', labels: [] },
  { name: 'nodejs_eventloop_utilization_ratio', kind: 'gauge', labels: [] },
  { name: 'v8js_gc_duration_seconds', kind: 'histogram', labels: ['v8js_gc_type'] },
  { name: 'v8js_memory_heap_used_bytes', kind: 'gauge', labels: ['v8js_heap_space_name'] },
  { name: 'v8js_memory_heap_space_size_bytes', kind: 'gauge', labels: ['v8js_heap_space_name'] },
];

/** What Prometheus itself makes of a scrape, and who emits. */
const ofPrometheus: readonly ForeignMetric[] = [
  { name: 'up', kind: 'gauge', labels: [] },
  {
    name: 'target_info',
    kind: 'gauge',
    labels: [
      'service_name',
      'service_namespace',
      'service_version',
      'service_instance_id',
      'process_runtime_name',
      'process_runtime_version',
    ],
  },
];

export const foreignMetrics: readonly ForeignMetric[] = [...instrumentations, ...ofPrometheus];
