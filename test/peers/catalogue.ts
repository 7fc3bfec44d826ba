import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricDefinition } from '@aiq/observability';
import { toName } from '../../scripts/telemetry/otlp-translation.ts';
import { repositoryRoot } from '../platform/system.config.ts';

/** A service's catalogue, and the program that records all of it. */
export interface Catalogue {
  readonly service: string;
  readonly definitions: Readonly<Record<string, MetricDefinition>>;
  /** For `node`. */
  readonly recorder: readonly string[];
}

export const catalogues: readonly Catalogue[] = await Promise.all(
  globSync('apps/*/src/telemetry/catalogue.ts', { cwd: repositoryRoot })
    .sort()
    .map(async (path) => {
      const file = join(repositoryRoot, path);
      const { metrics } = (await import(file)) as { metrics: Record<string, MetricDefinition> };
      const service = `aiq-${path.split('/')[1]}`;
      const program = join(repositoryRoot, 'scripts/telemetry/record-catalogue.ts');
      return { service, definitions: metrics, recorder: [program, service, file] };
    }),
);

/** The names of all series of a metric in Prometheus, by the specification. */
export function seriesNames(name: string, { kind, unit }: MetricDefinition): string[] {
  const isSum = kind === 'counter' || kind === 'up_down_counter';
  const full = toName({ name, unit, type: isSum ? 'sum' : kind, isMonotonic: kind === 'counter' });
  return kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => full + end) : [full];
}
