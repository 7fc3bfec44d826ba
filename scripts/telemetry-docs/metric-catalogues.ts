import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metrics as backendMetrics } from '@aiq/backend/telemetry';
import { repositoryRoot } from '@aiq/config';
import { libraryMetrics, type openLabel, selfMetrics } from '@aiq/observability/reference';
import { metrics as questionServiceMetrics } from '@aiq/question-service/telemetry';
import { findRecordings, type Source } from './find-recordings.ts';

/** A metric with the places that record it. */
export interface DocumentedMetric {
  readonly name: string;
  readonly kind: 'counter' | 'up_down_counter' | 'gauge' | 'histogram';
  readonly unit: string;
  readonly description: string;
  /** Label → its values, or `open` where the code makes them. */
  readonly labels: Readonly<Record<string, readonly string[] | typeof openLabel>>;
  readonly buckets?: readonly number[];
  /** A gauge that is the same in every replica. */
  readonly isShared?: true;
  readonly recordedAt: readonly string[];
}

export interface MetricCatalogue {
  /** `service.name`, or `every service`. */
  readonly service: string;
  readonly folder: string;
  readonly metrics: readonly DocumentedMetric[];
}

/** Every metric of this repository, by the service that has it. */
export function readCatalogues(): readonly MetricCatalogue[] {
  const library = read('every service', 'libs/observability', libraryMetrics);
  return [
    read('aiq-backend', 'apps/backend', toList(backendMetrics)),
    read('aiq-question-service', 'apps/question-service', toList(questionServiceMetrics)),
    { ...library, metrics: [...library.metrics, ...selfMetrics.map(observedInOnePlace)] },
  ];
}

/** What the library says of itself is read from its health, all in one file; names are put together there. */
function observedInOnePlace(metric: Definition): DocumentedMetric {
  return { ...metric, recordedAt: ['libs/observability/src/metrics/self-metrics.ts'] };
}

type Definition = Omit<DocumentedMetric, 'recordedAt'>;

function toList(metrics: Readonly<Record<string, Omit<Definition, 'name'>>>): Definition[] {
  return Object.entries(metrics).map(([name, definition]) => ({ name, ...definition }));
}

function read(service: string, folder: string, metrics: readonly Definition[]): MetricCatalogue {
  const sources = globSync(`${folder}/src/**/*.ts`, { cwd: repositoryRoot })
    .sort()
    .map((path): Source => {
      const text = readFileSync(join(repositoryRoot, path), 'utf8');
      return { path: path.replaceAll('\\', '/'), text };
    });
  return {
    service,
    folder,
    metrics: metrics.map((metric) => ({
      ...metric,
      recordedAt: findRecordings(metric.name, sources),
    })),
  };
}
