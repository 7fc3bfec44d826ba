/** @module What generated documentation is made from. */
export { type ConfigurationEntry, describeConfiguration } from './config/describe-configuration.ts';
export { libraryMetrics } from './metrics/library-metrics.ts';
export { openLabel } from './metrics/metric.ts';
export { selfMetrics } from './metrics/self-metrics.ts';
export { toPrometheusName } from './policy/prometheus-names.ts';
