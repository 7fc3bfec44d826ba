import { expect, test } from 'vitest';
import { describeConfiguration } from '../../src/config/describe-configuration.ts';
import { descriptions } from '../../src/config/descriptions.ts';
import { variables } from '../../src/config/variables.ts';

const entries = describeConfiguration();
const paths = entries.map(({ path }) => path);

test('every setting is described, and nothing that is none', () => {
  expect(Object.keys(descriptions).sort()).toEqual([...paths].sort());
});

test('every variable belongs to a setting that exists', () => {
  expect(Object.keys(variables).filter((path) => !paths.includes(path))).toEqual([]);
});

test('an entry has its names, what it takes, and its defaults', () => {
  expect(entries.find(({ path }) => path === 'otel.metrics.exportIntervalMs')).toEqual({
    path: 'otel.metrics.exportIntervalMs',
    variable: 'OTEL_METRIC_EXPORT_INTERVAL',
    aliases: ['OTEL_METRICS_EXPORT_INTERVAL_MILLIS'],
    takes: 'a whole number above 0',
    description: 'Milliseconds between two exports of metrics.',
    inDevelopment: '60000',
    inProduction: '60000',
  });
});
