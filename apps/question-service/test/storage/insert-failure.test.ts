import { DatabaseError } from '@aiq/database';
import { describe, expect, test } from 'vitest';
import { insertFailureOf } from '../../src/storage/insert-failure.ts';
import { LeaseLostError } from '../../src/storage/questions-repository.ts';
import { countRequest, createHarness } from '../support/harness.ts';

const withCode = (code: string, rest = {}) => Object.assign(new Error('x'), { code, ...rest });

describe('insertFailureOf', () => {
  test.for([
    ['lease_lost', new LeaseLostError('run')],
    ['connection', withCode('ECONNREFUSED')],
    ['connection', withCode('57P01')],
    ['connection', withCode('P2010', { meta: { driverAdapterError: withCode('ECONNRESET') } })],
    ['connection', new DatabaseError('database_unreachable', 'x')],
    ['timeout', withCode('57014')],
    ['timeout', withCode('P2028')],
    ['constraint', withCode('P2010', { cause: { originalCode: '23514' } })],
    ['unknown', new TypeError('x')],
    ['unknown', undefined],
  ] as const)('is %s for %o', ([failure, error]) => {
    expect(insertFailureOf(error)).toBe(failure);
  });

  test('is constraint for a row that the database refuses, and nothing of the batch is stored', async () => {
    const harness = await createHarness();
    const [summary, order] = [await harness.run(countRequest(18)), countRequest(18)];
    const planned = await harness.plan(order, { seed: 9 });
    await harness.runs.begin(planned.runId, {
      startedAt: new Date(),
      traceId: summary.traceId ?? '',
      leaseSeconds: 30,
    });
    const good = {
      question: {
        type: 'math',
        difficultyLevel: 'easy',
        content: 'What is 2 + 2?',
        options: ['1', '2', '3', '4'],
        keyIndex: 3,
        explanation: 'It is 4.',
      },
      contentHash: 'a'.repeat(64),
      embedding: [1, 0],
      embeddingModel: 'test',
      author: { provider: 'procedural', model: 'test', promptVersion: 'test' },
      judge: { provider: 'procedural', model: 'test' },
      score: 1,
      scores: { clarity: 1, validity: 1, formatting: 1, creativity: 1 },
    } as const;
    const bad = {
      ...good,
      contentHash: 'b'.repeat(64),
      question: { ...good.question, keyIndex: 9 },
    };

    const failure = await harness.questions
      .storeBatch(planned.runId, [good, bad])
      .then(() => undefined, insertFailureOf);

    expect(failure).toBe('constraint');
    expect(await harness.questions.countByRun(planned.runId)).toBe(0);
  });
});
