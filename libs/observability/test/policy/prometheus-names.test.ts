import { describe, expect, test } from 'vitest';
import { toLabels } from '../../src/metrics/families.ts';
import { toLabelName, toPrometheusName } from '../../src/policy/prometheus-names.ts';

describe('metric names are those of the OTLP-to-Prometheus translation', () => {
  test.each([
    ['system.filesystem.usage', 'By', 'gauge', 'system_filesystem_usage_bytes'],
    ['system.network.dropped', '{packets}', 'counter', 'system_network_dropped_total'],
    ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
    ['http.server.active_requests', '{request}', 'up_down_counter', 'http_server_active_requests'],
    ['metric.with.total', '1', 'counter', 'metric_with_total'],
    [
      'active_directory.ds.replication.network.io',
      'By',
      'counter',
      'active_directory_ds_replication_network_io_bytes_total',
    ],
    ['system.io.bytes.rate', 'By', 'gauge', 'system_io_bytes_rate'],
    ['nsxt.node.memory.cache.usage', 'KBy', 'gauge', 'nsxt_node_memory_cache_usage_kilobytes'],
    ['redis.latest_fork', 'us', 'gauge', 'redis_latest_fork_microseconds'],
    ['broken.metric.speed', 'km/h', 'gauge', 'broken_metric_speed_km_per_hour'],
    ['fs.throughput', 'By/s', 'gauge', 'fs_throughput_bytes_per_second'],
    ['hertz', '1/s', 'gauge', 'hertz_per_second'],
    ['cpu.utilization', '1', 'gauge', 'cpu_utilization_ratio'],
    ['cpu.ratio', '1', 'gauge', 'cpu_ratio'],
    ['judge.score', '1', 'histogram', 'judge_score'],
    ['api.cost_usd', '{USD}', 'counter', 'api_cost_usd_total'],
    ['2xx.replies', '', 'counter', '_2xx_replies_total'],
    ['disk.free', '%', 'gauge', 'disk_free_percent'],
    ['weird..name__here', '', 'gauge', 'weird_name_here'],
    // Abbreviated units become words; annotations are dropped, alone or in part.
    ['db.wait', 'ms', 'histogram', 'db_wait_milliseconds'],
    ['queue.wait', 'min', 'gauge', 'queue_wait_minutes'],
    ['nodejs.heap', 'KiBy', 'up_down_counter', 'nodejs_heap_kibibytes'],
    ['packets.lost', '{packet}/s', 'gauge', 'packets_lost_per_second'],
    ['requests', '{request}', 'up_down_counter', 'requests'],
    // The unit comes before what the type adds, and is not said twice.
    ['process.cpu.time', 's', 'counter', 'process_cpu_time_seconds_total'],
    ['request.duration.seconds', 's', 'histogram', 'request_duration_seconds'],
    ['seconds.waited', 's', 'counter', 'seconds_waited_total'],
    ['made.total', '{thing}', 'counter', 'made_total'],
    ['total.bytes.sent', 'By', 'counter', 'bytes_sent_total'],
    // 1 is a ratio for a gauge alone.
    ['cpu.share', '1', 'up_down_counter', 'cpu_share'],
    ['calls', '1', 'counter', 'calls_total'],
    ['ratio.of.hits', '1', 'gauge', 'of_hits_ratio'],
    // Allowed as they are: letters, digits, colons.
    ['job:requests:rate', '', 'gauge', 'job:requests:rate'],
    ['größe', '', 'gauge', 'gr_e'],
    ['1st.place', '1', 'gauge', '_1st_place_ratio'],
  ] as const)('%s (%s, %s) is %s', (name, unit, kind, expected) => {
    expect(toPrometheusName(name, unit, kind).sample).toBe(expected);
  });

  test('a counter family has no _total in OpenMetrics, and its unit is the end of its name', () => {
    expect(toPrometheusName('network.io', 'By', 'counter')).toEqual({
      family: 'network_io_bytes',
      sample: 'network_io_bytes_total',
      unit: 'bytes',
    });
  });
});

test.each([
  ['http.request.method', 'http_request_method'],
  ['question_type', 'question_type'],
  ['1st', 'key_1st'],
  ['naïve label', 'na_ve_label'],
  ['a..b--c__d', 'a_b_c_d'],
  ['0', 'key_0'],
  ['_private', 'key_private'],
  ['.hidden', 'key_hidden'],
  ['ß', 'key_'],
  ['', 'key_'],
])('label %s is %s', (name, expected) => {
  expect(toLabelName(name)).toBe(expected);
});

describe('labels', () => {
  test('whose names become one are joined in the order of the attributes, however they came', () => {
    const labels = { http_route: 'c', 'http.route': 'b', 'http-route': 'a', method: 'GET' };
    expect(toLabels(labels)).toEqual([
      ['http_route', 'a;b;c'],
      ['method', 'GET'],
    ]);
  });

  test('are text: numbers and booleans as they are written, lists as JSON, nothing for no value', () => {
    expect(toLabels({ code: 200, ok: true, list: ['a', 'b'], none: undefined })).toEqual([
      ['code', '200'],
      ['list', '["a","b"]'],
      ['ok', 'true'],
    ]);
  });
});
