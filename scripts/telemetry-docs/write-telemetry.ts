import { openLabel, toPrometheusName } from '@aiq/observability/reference';
import { cell, code, table } from './markdown.ts';
import type { DocumentedMetric, MetricCatalogue } from './metric-catalogues.ts';

const kinds = {
  counter: 'counter',
  up_down_counter: 'up-down counter',
  gauge: 'gauge',
  histogram: 'histogram',
} as const;
/** Values shown in the table; longer lists follow it. */
const valuesMax = 8;

/** Writes the reference of all metrics. */
export function writeTelemetry(catalogues: readonly MetricCatalogue[]): string {
  const count = catalogues.reduce((sum, { metrics }) => sum + metrics.length, 0);
  return [
    '# Telemetry',
    '',
    'Made by `npx pnpm@12 telemetry:docs` from the catalogues of the services; a test fails where it is out of date.',
    '',
    `${count} metrics. They have the same name on both roads: scraped from \`/metrics\` and pushed by OTLP to Prometheus or`,
    'Grafana Cloud. A histogram is the series `<name>_bucket`, `<name>_sum` and `<name>_count`. A label value outside its set is',
    'recorded as `other`. Of a shared gauge every replica reports the same value: `max` over them is right, `sum` is not. Who emits (`service.name`, `service.instance.id`, `deployment.environment.name`) is in `target_info`.',
    '',
    ...catalogues.flatMap(section),
    ...libraries,
  ].join('\n');
}

function section({ service, folder, metrics }: MetricCatalogue): string[] {
  const rows = metrics.map((metric) => [
    code(metric.name),
    code(toPrometheusName(metric.name, metric.unit, metric.kind).sample),
    metric.isShared ? `${kinds[metric.kind]}, shared` : kinds[metric.kind],
    code(metric.unit),
    labelsOf(metric),
    cell(metric.description),
    metric.recordedAt.map((place) => code(place.slice(folder.length + 1))).join('<br>'),
  ]);
  const head = ['Metric', 'In Prometheus', 'Type', 'Unit', 'Labels', 'What it says', 'Recorded at'];
  return [
    `## ${service}`,
    '',
    `Places are below \`${folder}\`.`,
    '',
    ...table(head, rows),
    '',
    ...longLists(metrics),
    ...bucketsOf(metrics),
  ];
}

/** An empty value stands for a label that is not there. */
const absent = 'absent';

function labelsOf({ labels }: DocumentedMetric): string {
  return Object.entries(labels)
    .map(([name, values]) => {
      if (values === openLabel) return `${code(name)}: as it comes`;
      if (values.length > valuesMax) return `${code(name)}: ${values.length} values, below`;
      return `${code(name)}: ${values.map((value) => cell(value) || absent).join(', ')}`;
    })
    .join('<br>');
}

/** The values of labels that have many, each list once. */
function longLists(metrics: readonly DocumentedMetric[]): string[] {
  const lists = new Map<string, readonly string[]>();
  for (const { labels } of metrics) {
    for (const [name, values] of Object.entries(labels)) {
      if (values === openLabel || values.length <= valuesMax) continue;
      lists.set(`${name} ${values.join()}`, [name, ...values]);
    }
  }
  return [...lists.values()].flatMap(([name = '', ...values]) => [
    `Values of \`${name}\`: ${values.map((value) => code(value) || absent).join(', ')}.`,
    '',
  ]);
}

function bucketsOf(metrics: readonly DocumentedMetric[]): string[] {
  const rows = metrics.flatMap(({ name, buckets }) =>
    buckets === undefined ? [] : [[code(name), buckets.join(', ')]],
  );
  return rows.length === 0 ? [] : [...table(['Histogram', 'Upper bounds'], rows), ''];
}

const libraries = [
  '## From the instrumentation packages',
  '',
  'These are instruments of OpenTelemetry’s own packages, under the names of the semantic conventions:',
  '`db.client.operation.duration` (s; by `db.operation.name` and `db.collection.name`, as read from the query) and',
  '`db.client.connection.*` from the Postgres driver, `http.client.request.duration` (s) from outgoing requests,',
  '`nodejs.eventloop.*` and `v8js.*` from the runtime.',
  '',
];
