import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { describe, expect, test } from 'vitest';
import { exitCodeOf, exitCodeOfError, UsageError } from '../../src/commands/exit-code.ts';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';

const run = (state: RunSummary['state'], byCategory: Record<string, number> = {}) =>
  ({ state, errors: { byCategory, bySeverity: {} } }) as RunSummary;

describe('exitCodeOf', () => {
  test.for([
    ['succeeded', {}, 0],
    ['succeeded', { database: 1 }, 0],
    ['partial', { billing_quota: 1 }, 1],
    ['failed', {}, 2],
    ['failed', { rate_limit: 3 }, 2],
    ['failed', { database: 1 }, 4],
    ['failed', { billing_quota: 1, database: 1 }, 5],
    ['failed', { authentication: 2 }, 6],
  ] as const)('a run that %s with errors %o ends with %i', ([state, errors, code]) => {
    expect(exitCodeOf(run(state, errors))).toBe(code);
  });
});

describe('exitCodeOfError', () => {
  test.for([
    ['wrong usage', new UsageError('x'), 3],
    ['a wrong configuration', new ConfigError([]), 3],
    ['a wrong database URL', new DatabaseError('database_url_invalid', 'x'), 3],
    ['a database that is away', new DatabaseError('database_unreachable', 'x'), 4],
    ['a connection that broke', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 4],
    ['a defect', new TypeError('x'), 2],
  ] as const)('%s ends with its code', ([, error, code]) => {
    expect(exitCodeOfError(error)).toBe(code);
  });
});
