import type { Severity } from '../../../src/api/contract/logs.ts';
import type { MetricFunction } from '../../../src/api/contract/metrics.ts';

/**
 * The contract's closed sets as values. Of the contract the page takes types alone: its schemas would bring zod,
 * which tries to make code from text, and that is forbidden here. A word too many or too few is a compile error.
 *
 * @module
 */

const severityWords: Record<Severity, true> = {
  trace: true,
  debug: true,
  info: true,
  warn: true,
  error: true,
  fatal: true,
};
export const severities = Object.keys(severityWords) as Severity[];

const functionWords: Record<MetricFunction, true> = {
  value: true,
  rate: true,
  increase: true,
  quantile: true,
  mean: true,
};
export const metricFunctions = Object.keys(functionWords) as MetricFunction[];
