import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { counter } from '../src/catalogue/define-metrics.ts';
import type { Observability, Span } from '../src/index.ts';
import { createTestObservability } from '../src/testing/index.ts';

const telemetry = createTestObservability({
  service: 'facade',
  metrics: {
    made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['a', 'b'] } }),
  },
});
const { observability } = telemetry;
/** As a caller without types would hold it. */
const untyped = observability as unknown as Record<string, (...args: unknown[]) => unknown>;
const anything = fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true });

beforeEach(() => telemetry.reset());

describe('no call throws, whatever it is given', () => {
  const calls = [
    'recordMetric',
    'observeGauge',
    'setSpanAttribute',
    'captureError',
    'captureMessage',
    'recordEvent',
    'setUser',
    'setContext',
    'setTag',
  ];
  test.each(calls)('%s', (name) => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (given) => {
        untyped[name]?.(...given);
      }),
      { numRuns: 200 },
    );
  });

  test('the logger and the span', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 3 }), (given) => {
        const logger = observability.logger as unknown as Record<string, (...a: unknown[]) => void>;
        for (const level of ['debug', 'info', 'warn', 'error']) logger[level]?.(...given);
        observability.startSpan('any', (span: Span) => {
          const calls = span as unknown as Record<string, (...a: unknown[]) => void>;
          for (const call of ['setAttribute', 'setAttributes', 'addLink', 'recordError'])
            calls[call]?.(...given);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('getters, proxies and toString that throw', () => {
    const hostile = {
      get name(): string {
        throw new Error('name');
      },
      toString() {
        throw new Error('toString');
      },
      toJSON() {
        throw new Error('toJSON');
      },
    };
    const proxy = new Proxy(
      {},
      {
        get() {
          throw new Error('get');
        },
        ownKeys() {
          throw new Error('keys');
        },
      },
    );
    for (const value of [hostile, proxy]) {
      for (const name of calls) untyped[name]?.(value, value, value);
      observability.logger.info(value as never, value as never);
      expect(observability.startSpan(value as never, { attributes: value as never }, () => 7)).toBe(
        7,
      );
    }
    expect(telemetry.refused()).toBeGreaterThan(0);
  });
});

describe('a span', () => {
  test('gives the result of its work, and is the parent of what the work starts', async () => {
    const result = await observability.startSpan('outer', async () => {
      await Promise.resolve();
      return observability.startSpan('inner', { kind: 'client', attributes: { n: 1 } }, () => 7);
    });
    const [inner, outer] = telemetry.spans();
    expect(result).toBe(7);
    expect(inner).toMatchObject({
      name: 'inner',
      kind: 'client',
      parentSpanId: outer?.spanId,
      attributes: { n: 1 },
    });
    expect(outer).toMatchObject({ name: 'outer', kind: 'internal', status: 'unset' });
  });

  test.each([
    [
      'throws',
      () => {
        throw Object.assign(new Error('no'), { code: 'made_up' });
      },
    ],
    [
      'rejects',
      async () => {
        throw Object.assign(new Error('no'), { code: 'made_up' });
      },
    ],
  ])(
    'of work that %s fails with its error, which goes on, and is reported by no one',
    async (_how, work) => {
      await expect(async () => observability.startSpan('bad', work)).rejects.toThrow('no');
      expect(telemetry.spans()).toMatchObject([
        { status: 'error', attributes: { 'error.type': 'made_up' } },
      ]);
      expect(telemetry.errors()).toEqual([]);
    },
  );

  test('that suppresses its children has none, and is itself what errors and logs point at', async () => {
    await observability.startSpan('outer', async () => {
      await observability.startSpan('call', { suppressChildren: true }, async ({ spanId }) => {
        await Promise.resolve();
        observability.startSpan('inner', () => {});
        expect(observability.activeTrace()?.spanId).toBe(spanId);
      });
      observability.startSpan('after', () => {});
    });

    const outer = telemetry.spans().find(({ name }) => name === 'outer');
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['call', 'after', 'outer']);
    expect(telemetry.spans()[0]?.parentSpanId).toBe(outer?.spanId);
  });

  test('that is active gets an attribute, and no other does', () => {
    observability.startSpan('outer', () => {
      observability.startSpan('inner', () => observability.setSpanAttribute('of', 'inner'));
      observability.setSpanAttribute('password', 'x');
    });
    observability.setSpanAttribute('of', 'nobody');
    expect(telemetry.spans().map(({ attributes }) => attributes)).toEqual([
      { of: 'inner' },
      { password: '[scrubbed]' },
    ]);
  });

  test('travels as W3C context, and a link keeps two traces apart', () => {
    const carried = observability.startSpan('here', () => observability.traceContext());
    observability.withTraceContext(carried, () => observability.startSpan('there', () => {}));
    observability.startSpan('again', { links: [carried] }, () => {});
    const [here, there, again] = telemetry.spans();
    expect(carried.traceparent).toBe(`00-${here?.traceId}-${here?.spanId}-01`);
    expect(there).toMatchObject({ traceId: here?.traceId, parentSpanId: here?.spanId });
    expect(again?.traceId).not.toBe(here?.traceId);
    expect(
      observability.withTraceContext({ traceparent: 'nonsense' }, () =>
        observability.activeTrace(),
      ),
    ).toBeUndefined();
  });
});

describe('an error', () => {
  test('is one event, however often it is captured, with what was said in its scope alone', async () => {
    const error = new Error('no');
    await Promise.all(
      ['one', 'two'].map((id) =>
        observability.startSpan(id, async () => {
          observability.setUser({ id });
          observability.setTag('job', id);
          await Promise.resolve();
          observability.captureError(id === 'one' ? error : new Error('other'), {
            context: { password: 'x' },
          });
        }),
      ),
    );
    observability.captureError(error);
    expect(telemetry.errors()).toMatchObject([
      {
        user: { id: 'one' },
        tags: { job: 'one' },
        context: { password: '[scrubbed]' },
        level: 'error',
      },
      { user: { id: 'two' }, tags: { job: 'two' } },
    ]);
    expect(telemetry.errors()[0]?.traceId).toBe(telemetry.spans()[0]?.traceId);
  });

  test('that is no Error is made one', () => {
    observability.captureError('text');
    observability.captureError({ status: 1 });
    expect(telemetry.errors().map(({ error }) => error.message)).toEqual([
      'text',
      'object thrown: {"status":1}',
    ]);
  });
});

test('an error that cannot be read is reported as one, as are those with such a cause', () => {
  const unreadable = Object.defineProperty(new Error('x'), 'stack', {
    get: () => {
      throw new Error('stack');
    },
  });
  observability.captureError(unreadable);
  observability.captureError(new Error('outer', { cause: unreadable }));
  expect(telemetry.errors().map(({ error }) => [error.message, error.cause])).toEqual([
    ['an error that cannot be read', undefined],
    ['an error that cannot be read', undefined],
  ]);
});

test('an event is a log record with its name', () => {
  observability.recordEvent('run.completed', { count: 3, by: { pattern: 2 }, to: 'a@b.example' });
  expect(telemetry.events()).toEqual([
    { name: 'run.completed', body: { count: 3, by: { pattern: 2 }, to: '[scrubbed]' } },
  ]);
});

test('an observability with metrics is given to code that knows none', () => {
  const takes = (each: Pick<Observability, 'startSpan' | 'logger'>) => each.startSpan('x', () => 1);
  expect(takes(observability)).toBe(1);
});
