import type { z } from 'zod';
import * as errors from '../src/api/contract/errors.ts';
import * as logs from '../src/api/contract/logs.ts';
import * as metrics from '../src/api/contract/metrics.ts';
import * as overview from '../src/api/contract/overview.ts';
import * as runs from '../src/api/contract/runs.ts';
import { problemSchema } from '../src/api/contract/shared.ts';
import { statusSchema } from '../src/api/contract/status.ts';
import * as traces from '../src/api/contract/traces.ts';

const schemas: readonly (readonly [path: RegExp, schema: z.ZodType])[] = [
  [/^overview$/, overview.overviewSchema],
  [/^services$/, overview.servicesSchema],
  [/^services\/[^/]+$/, overview.serviceSchema],
  [/^service-map$/, overview.serviceMapSchema],
  [/^traces$/, traces.tracesSchema],
  [/^traces\/[^/]+$/, traces.traceSchema],
  [/^logs$/, logs.logsSchema],
  [/^errors$/, errors.errorsSchema],
  [/^errors\/[^/]+$/, errors.errorSchema],
  [/^error-groups$/, errors.errorGroupsSchema],
  [/^error-groups\/[^/]+$/, errors.errorGroupDetailSchema],
  [/^metrics$/, metrics.metricsSchema],
  [/^metrics\/[^/]+$/, metrics.metricSchema],
  [/^metrics\/[^/]+\/query$/, metrics.metricQueryAnswerSchema],
  [/^runs$/, runs.runsSchema],
  [/^runs\/[^/]+$/, runs.runSchema],
  [/^test-sessions$/, runs.testSessionsSchema],
  [/^test-sessions\/[^/]+$/, runs.testSessionSchema],
  [/^status$/, statusSchema],
];

/** What the contract says of an answer; every one that a test reads is held against it. */
export function schemaOf(path: string, status: number): z.ZodType | undefined {
  if (status >= 400) return problemSchema;
  const [, route] = /^\/api\/([^?]*)/.exec(path) ?? [];
  return route === undefined ? undefined : schemas.find(([pattern]) => pattern.test(route))?.[1];
}
