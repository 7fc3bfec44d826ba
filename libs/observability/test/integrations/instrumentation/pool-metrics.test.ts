import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { withPoolMetrics } from '../../../src/integrations/instrumentation/pool-metrics.ts';

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

async function points(name: string): Promise<Record<string, number>> {
  exporter.reset();
  await reader.forceFlush();
  const found = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .find(({ descriptor }) => descriptor.name === name);
  return Object.fromEntries(
    (found?.dataPoints ?? []).map(({ attributes, value }) => [
      Object.values(attributes).join(' '),
      value as number,
    ]),
  );
}

test('pools are read when metrics are, summed over those of one database, and forgotten at their end', async () => {
  const seen: unknown[] = [];
  const pg = withPoolMetrics({
    _recordPoolMax: (pool: unknown) => seen.push(pool),
    _setPoolConnectEventListeners: (_pool: unknown) => {},
  });
  const options = { host: 'db', port: 5432, database: 'aiq' };
  const one = { options, totalCount: 3, idleCount: 1, waitingCount: 4, ended: false };
  const other = { options, totalCount: 1, idleCount: 1, waitingCount: 0, ended: false };
  pg._setPoolConnectEventListeners(one);
  pg._setPoolConnectEventListeners(other);

  const counts = await points('db.client.connection.count');
  const pending = await points('db.client.connection.pending_requests');
  Object.assign(one, { idleCount: 3, waitingCount: 0, ended: true });
  const later = await points('db.client.connection.count');

  expect(counts).toEqual({ 'db:5432/aiq used': 2, 'db:5432/aiq idle': 2 });
  expect(pending).toEqual({ 'db:5432/aiq': 4 });
  expect(later).toEqual({ 'db:5432/aiq used': 0, 'db:5432/aiq idle': 1 });
  expect(seen).toEqual([one, other]);
});

test('an instrumentation without those methods is left as it is', () => {
  const changed = { _recordPoolMax: () => {} };

  expect(withPoolMetrics(changed)).toEqual({ _recordPoolMax: changed._recordPoolMax });
});
