import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type MetricDefinition,
  type MetricDefinitions,
  runMain,
  startObservability,
} from '@aiq/observability';

/**
 * Records every metric of a service's catalogue with each value of its labels, in a span and with a log line, and
 * sends all by OTLP at its end: `node record-catalogue.ts <service> <catalogue> [--serve]`.
 * Prints the text of a scrape; or, with `--serve`, its address, and serves it until SIGTERM.
 */
const [service = '', catalogue = '', how] = process.argv.slice(2);
const { metrics } = (await import(catalogue)) as { metrics: MetricDefinitions };
const observability = await startObservability({ service, metrics, logStream: 'stderr' });
// Names and labels come from the definitions here, where the compiler cannot follow.
const record = observability.recordMetric as (
  name: string,
  value: number,
  labels: Readonly<Record<string, string>>,
) => void;

const main = async (stop: AbortSignal): Promise<void> => {
  await observability.startSpan('catalogue.record', {}, async () => {
    for (const [name, definition] of Object.entries(metrics)) {
      for (const labels of labelSets(definition)) record(name, 0.5, labels);
    }
    observability.logger.info('catalogue recorded');
  });
  if (how === '--serve') return serveMetrics(stop);
  process.stdout.write((await observability.metricsText()).body);
};
// Everything is to arrive, however busy the machine of the tests is.
await runMain(observability, main, { flushTimeoutMs: 15_000 });

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

async function serveMetrics(stop: AbortSignal): Promise<void> {
  const server = createServer(async (request, response) => {
    const { contentType, body } = await observability.metricsText(request.headers.accept);
    response.setHeader('content-type', contentType).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.stdout.write(`serving http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  await new Promise((stopped) => stop.addEventListener('abort', stopped, { once: true }));
  server.closeAllConnections();
  server.close();
}
