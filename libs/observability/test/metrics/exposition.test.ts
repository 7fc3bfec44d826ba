import { describe, expect, test } from 'vitest';
import { counter, gauge, histogram, upDownCounter } from '../../src/catalogue/define-metrics.ts';
import { chooseFormat } from '../../src/metrics/exposition.ts';
import { createTestObservability } from '../../src/testing/index.ts';

const { observability } = createTestObservability({
  service: 'golden "service"\n',
  startAtZero: true,
  metrics: {
    'things.made': counter({
      unit: '{thing}',
      description: 'Things that were made.\nAll of \\them "now".',
      labels: { kind: ['round', 'a "b" \\ c\nd'] },
    }),
    'network.io': counter({ unit: 'By', description: 'Bytes.' }),
    'things.open': upDownCounter({ unit: '{thing}', description: 'Open.' }),
    'cpu.utilization': gauge({ unit: '1', description: 'Share.' }),
    'pipeline.wait': histogram({ unit: 's', description: 'Wait.', buckets: [0.5, 1, 10] }),
  },
});
observability.recordMetric('things.made', 3, { kind: 'round' });
observability.recordMetric('things.open', -2);
observability.recordMetric('cpu.utilization', 0.25);
for (const wait of [0.1, 0.75, 99]) observability.recordMetric('pipeline.wait', wait);

describe('the text of a scrape', () => {
  test('is Prometheus 0.0.4 by default', async () => {
    const { contentType, body } = await observability.metricsText('text/plain');
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toBe(`# HELP cpu_utilization_ratio Share.
# TYPE cpu_utilization_ratio gauge
cpu_utilization_ratio 0.25
# HELP network_io_bytes_total Bytes.
# TYPE network_io_bytes_total counter
network_io_bytes_total 0
# HELP pipeline_wait_seconds Wait.
# TYPE pipeline_wait_seconds histogram
pipeline_wait_seconds_bucket{le="0.5"} 1
pipeline_wait_seconds_bucket{le="1"} 2
pipeline_wait_seconds_bucket{le="10"} 2
pipeline_wait_seconds_bucket{le="+Inf"} 3
pipeline_wait_seconds_sum 99.85
pipeline_wait_seconds_count 3
# HELP things_made_total Things that were made.\\nAll of \\\\them "now".
# TYPE things_made_total counter
things_made_total{kind="round"} 3
things_made_total{kind="a \\"b\\" \\\\ c\\nd"} 0
# HELP things_open Open.
# TYPE things_open gauge
things_open -2
# HELP target_info Target metadata
# TYPE target_info gauge
target_info{service_name="golden \\"service\\"\\n"} 1
`);
  });

  test('is OpenMetrics 1.0 where that is accepted', async () => {
    const { contentType, body } = await observability.metricsText(
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    );
    expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body).toContain(`# HELP network_io_bytes Bytes.
# TYPE network_io_bytes counter
# UNIT network_io_bytes bytes
network_io_bytes_total 0
# HELP pipeline_wait_seconds Wait.
# TYPE pipeline_wait_seconds histogram
# UNIT pipeline_wait_seconds seconds
pipeline_wait_seconds_bucket{le="0.5"} 1
pipeline_wait_seconds_bucket{le="1.0"} 2
`);
    expect(body).toContain('# TYPE things_made counter\nthings_made_total{kind="round"} 3\n');
    expect(body).toMatch(/# TYPE target info\ntarget_info\{.*\} 1\n# EOF\n$/);
  });
});

test.each([
  [undefined, 'prometheus'],
  ['*/*', 'prometheus'],
  ['text/plain;q=0.9, application/openmetrics-text;q=0.5', 'prometheus'],
  ['application/openmetrics-text;q=0', 'prometheus'],
  ['application/openmetrics-text', 'openmetrics'],
  ['text/plain, application/openmetrics-text', 'openmetrics'],
  ['', 'prometheus'],
  // What Prometheus 3, Prometheus 2 and the collector ask with.
  [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    'openmetrics',
  ],
  [
    'application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5',
    'openmetrics',
  ],
  ['text/plain;version=0.0.4;q=1,*/*;q=0.1', 'prometheus'],
  // The gladdest of several versions counts, whichever comes first.
  [
    'text/plain;q=0.1, text/plain;version=0.0.4;q=0.9, application/openmetrics-text;q=0.5',
    'prometheus',
  ],
  [
    'application/openmetrics-text;q=0.1, application/openmetrics-text;version=1.0.0, text/plain;q=0.5',
    'openmetrics',
  ],
  // A range stands for plain text where that is not named itself.
  ['*/*, application/openmetrics-text;q=0.5', 'prometheus'],
  ['text/*;q=0.8, application/openmetrics-text;q=0.5', 'prometheus'],
  ['text/plain;q=0.2, */*, application/openmetrics-text;q=0.5', 'openmetrics'],
  ['application/*', 'prometheus'],
  ['APPLICATION/OpenMetrics-Text ; Q = 0.5 , text/plain ; q=0.4', 'openmetrics'],
  ['application/openmetrics-text;q=nonsense', 'prometheus'],
])('Accept %s is answered with %s', (accept, format) => {
  expect(chooseFormat(accept)).toBe(format);
});
