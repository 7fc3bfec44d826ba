import {
  type MetricDefinition,
  type MetricDefinitions,
  runMain,
  startObservability,
} from '@aiq/observability';

/**
 * Records every metric of a service's catalogue with each value of its labels, prints the text of a scrape,
 * and sends the same by OTLP at its end: `node record-catalogue.ts <service> <catalogue>`.
 */
const [service = '', catalogue = ''] = process.argv.slice(2);
const { metrics } = (await import(catalogue)) as { metrics: MetricDefinitions };
const observability = await startObservability({ service, metrics, logStream: 'stderr' });
// Names and labels come from the definitions here, where the compiler cannot follow.
const record = observability.recordMetric as (
  name: string,
  value: number,
  labels: Readonly<Record<string, string>>,
) => void;

await runMain(observability, async () => {
  for (const [name, definition] of Object.entries(metrics)) {
    for (const labels of labelSets(definition)) record(name, 0.5, labels);
  }
  process.stdout.write((await observability.metricsText()).body);
});

/** Enough of them to have each value of each label once. */
function labelSets({ labels }: MetricDefinition): Record<string, string>[] {
  const entries = Object.entries(labels);
  const count = Math.max(1, ...entries.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      entries.map(([name, values]) => [name, values[index % values.length] ?? '']),
    ),
  );
}
