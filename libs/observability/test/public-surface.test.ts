import { expect, test } from 'vitest';
import * as doctor from '../src/doctor/index.ts';
import * as main from '../src/index.ts';
import * as fastify from '../src/integrations/fastify/index.ts';
import * as reference from '../src/reference.ts';
import * as testing from '../src/testing/index.ts';

test('the packages of this house get exactly this', () => {
  expect(Object.keys(main).sort()).toEqual([
    'counter',
    'defineMetrics',
    'gauge',
    'histogram',
    'ratioBuckets',
    'runMain',
    'secondsFast',
    'secondsSlow',
    'startObservability',
    'toTraceEnvironment',
    'upDownCounter',
  ]);
  expect(Object.keys(fastify).sort()).toEqual([
    'MetricsUnauthorizedError',
    'observabilityPlugin',
    'observeUnrouted',
    'serve',
  ]);
  expect(Object.keys(doctor).sort()).toEqual(['diagnose', 'formatDiagnosis']);
  expect(Object.keys(reference).sort()).toEqual([
    'describeConfiguration',
    'libraryMetrics',
    'openLabel',
    'selfMetrics',
    'toPrometheusName',
  ]);
  expect(Object.keys(testing).sort()).toEqual(['createTestObservability', 'telemetryMatchers']);
});
