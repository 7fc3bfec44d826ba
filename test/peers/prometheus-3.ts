import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Prometheus, runPrometheus } from '../platform/prometheus.ts';
import { repositoryRoot } from '../platform/system.config.ts';
import { findBuiltTool } from '../platform/system-tool.ts';

export const prometheus3 = findBuiltTool('PROMETHEUS_BIN');

/** What is scraped, as a file of `ops/prometheus/targets` has it. */
export interface ScrapeTarget {
  readonly url: string;
  readonly serviceName: string;
  readonly instanceId: string;
}

/** Prometheus 3 as it is shipped: it takes pushes, and scrapes these targets, every second here. */
export function startShippedPrometheus(targets: readonly ScrapeTarget[]): Promise<Prometheus> {
  const shipped = readFileSync(join(repositoryRoot, 'ops/prometheus/prometheus.yml'), 'utf8');
  const lists = targets.map(({ url, serviceName, instanceId }) => ({
    targets: [new URL(url).host],
    labels: {
      service_name: serviceName,
      service_instance_id: instanceId,
      deployment_environment_name: 'test',
    },
  }));
  return runPrometheus({
    command: prometheus3.path(),
    files: {
      'prometheus.yml': shipped.replace(/scrape_interval: \w+/, 'scrape_interval: 1s'),
      // JSON is YAML.
      'targets/test.yml': JSON.stringify(lists),
    },
    // The types of what is pushed are in no metadata API: here they are labels.
    flags: ['--web.enable-otlp-receiver', '--enable-feature=exemplar-storage,type-and-unit-labels'],
  });
}

/** The base address of its OTLP receiver, to which `/v1/metrics` is added. */
export const otlpAddress = ({ url }: Prometheus): string => `${url}/api/v1/otlp`;
