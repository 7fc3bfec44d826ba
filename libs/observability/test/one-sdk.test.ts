import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { expect, test } from 'vitest';

const lockfile = readFileSync(join(repositoryRoot, 'pnpm-lock.yaml'), 'utf8');

/** A second API makes spans that record nothing, a second SDK providers that know nothing of each other. */
test.each([
  '@opentelemetry/api',
  '@opentelemetry/core',
  '@opentelemetry/instrumentation',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace',
  '@sentry/core',
  '@sentry/node',
])('there is one copy of %s', (name) => {
  const versions = new Set(
    [...lockfile.matchAll(new RegExp(`^ {2}'${name}@([^'()]+)`, 'gm'))].map(
      ([, version]) => version,
    ),
  );
  expect([...versions]).toHaveLength(1);
});
