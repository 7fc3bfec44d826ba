import { describe, expect, test } from 'vitest';
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
])('label %s is %s', (name, expected) => {
  expect(toLabelName(name)).toBe(expected);
});
