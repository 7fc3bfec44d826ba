import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/problem/problem-error.ts';
import { toProblemError } from '../../src/problem/to-problem-error.ts';

describe('toProblemError', () => {
  test('makes a problem of anything that can be thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(toProblemError(thrown)).toBeInstanceOf(ProblemError);
      }),
    );
  });

  test('keeps what is a problem already', () => {
    const problem = new ProblemError('email_taken');

    expect(toProblemError(problem)).toBe(problem);
  });

  test.for([
    ['refused', Object.assign(new Error(), { code: 'ECONNREFUSED' })],
    ['of two addresses', new AggregateError([Object.assign(new Error(), { code: 'ETIMEDOUT' })])],
    ['shut down', { meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } }],
    ['closed', { name: 'DriverAdapterError', cause: { kind: 'ConnectionClosed' } }],
    ['gone', new Error('Connection terminated unexpectedly')],
    ['exhausted', new Error('timeout exceeded when trying to connect')],
    ['without a transaction', Object.assign(new Error(), { code: 'P2028' })],
    ['slow', { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '57014' } } } }],
    ['in a deadlock', { cause: { originalCode: '40P01' } }],
  ] as const)('tells to try again where the database is %s', ([, error]) => {
    expect(toProblemError(error)).toMatchObject({ code: 'service_unavailable', statusCode: 503 });
  });

  test('takes what the database refused for an error of ours', () => {
    const error = Object.assign(new Error('violates check constraint'), { code: '23514' });

    expect(toProblemError(error)).toMatchObject({ code: 'internal_error', statusCode: 500 });
  });

  test('does not end in a cycle of causes', () => {
    const error: { cause?: unknown } = {};
    error.cause = error;

    expect(toProblemError(error).code).toBe('internal_error');
  });
});
