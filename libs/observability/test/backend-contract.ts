import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { counter, defineMetrics, gauge, histogram } from '../src/index.ts';
import type { Observability } from '../src/observability.ts';
import { hostileValues } from './hostile-values.ts';

export const contractMetrics = defineMetrics({
  'contract.calls': counter({
    unit: '{call}',
    description: 'Calls.',
    labels: { kind: ['a', 'b'] },
  }),
  'contract.size': histogram({ unit: 's', description: 'Sizes.', buckets: [1, 2] }),
  'contract.stored': gauge({ unit: '{thing}', description: 'In store.' }),
});

/** One backend under the contract. */
export interface ContractBackend {
  readonly observability: Observability<typeof contractMetrics>;
  /** Requests that its receivers got so far; 0 for ever where it has none. */
  requests(): number;
  /** True where what is recorded has to reach a receiver. */
  readonly sends: boolean;
  close(): Promise<unknown>;
}

type Call = (...given: unknown[]) => unknown;

/** What a call is given; the hostile ones by their place, as fast-check looks into the values that it makes. */
type Given = { readonly value: unknown } | { readonly hostile: number };

const given: fc.Arbitrary<Given> = fc.oneof(
  fc.record({
    value: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    }),
  }),
  fc.record({ hostile: fc.nat(hostileValues.length - 1) }),
);
const severalGiven = fc.array(given, { maxLength: 4 });

function reveal(each: Given): unknown {
  return 'hostile' in each ? hostileValues[each.hostile] : each.value;
}

/**
 * What holds for every backend. Each needs a process of its own, as telemetry is global: one test file per
 * backend.
 */
export function describeBackendContract(name: string, open: () => Promise<ContractBackend>): void {
  describe(`the backend ${name}`, () => {
    let backend: ContractBackend;
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);

    beforeAll(async () => {
      backend = await open();
      process.on('unhandledRejection', note);
      process.on('uncaughtException', note);
    });
    afterEach(() => {
      expect(unhandled.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      process.off('unhandledRejection', note);
      process.off('uncaughtException', note);
      await backend.close();
    });
    const untyped = () => backend.observability as unknown as Record<string, Call>;

    test.each([
      'recordMetric',
      'setSpanAttribute',
      'captureError',
      'captureMessage',
      'recordEvent',
      'setUser',
      'setContext',
      'setTag',
      'activeTrace',
      'traceContext',
      'health',
    ])('%s takes anything', (call) => {
      fc.assert(
        fc.property(severalGiven, (several) => {
          const values = several.map(reveal);
          backend.observability.startSpan('contract', () => untyped()[call]?.(...values));
          untyped()[call]?.(...values);
        }),
        { numRuns: 60 },
      );
    });

    test('a metric that exists takes any value and labels, and an observer may give anything', async () => {
      const observers: (() => void)[] = [];
      fc.assert(
        fc.property(given, given, (first, second) => {
          const [value, labels] = [reveal(first), reveal(second)];
          for (const metric of Object.keys(contractMetrics)) {
            untyped()['recordMetric']?.(metric, value, labels);
          }
          observers.push(untyped()['observeGauge']?.('contract.stored', () => value) as () => void);
          observers.push(untyped()['observeGauge']?.(value, labels) as () => void);
        }),
        { numRuns: 60 },
      );

      await backend.observability.metricsText();

      for (const stop of observers) stop();
    });

    test('logger and span take anything', () => {
      fc.assert(
        fc.property(severalGiven, (several) => {
          const values = several.map(reveal);
          const logger = backend.observability.logger as unknown as Record<string, Call>;
          for (const level of ['debug', 'info', 'warn', 'error']) logger[level]?.(...values);
          backend.observability.startSpan('contract', (span) => {
            const calls = span as unknown as Record<string, Call>;
            for (const call of ['setAttribute', 'setAttributes', 'addLink', 'recordError'])
              calls[call]?.(...values);
          });
        }),
        { numRuns: 60 },
      );
    });

    test('work gives its own result, whatever it is and whatever its span is called', async () => {
      await fc.assert(
        fc.asyncProperty(given, given, given, async (...several) => {
          const [title, second, result] = several.map(reveal);
          const options = typeof second === 'function' ? {} : second;
          const startSpan = untyped()['startSpan'] as Call;
          const withTraceContext = untyped()['withTraceContext'] as Call;
          if (!isThenable(result)) {
            expect(
              Object.is(
                startSpan(title, options, () => result),
                result,
              ),
            ).toBe(true);
            expect(
              Object.is(
                withTraceContext(title, () => result),
                result,
              ),
            ).toBe(true);
          }
          const list = [result];
          expect((await startSpan(title, options, async () => list)) === list).toBe(true);
        }),
        { numRuns: 60 },
      );
    });

    test('work fails with its own error, thrown or rejected', async () => {
      await fc.assert(
        fc.asyncProperty(given, async (each) => {
          const thrown = reveal(each);
          const { observability } = backend;
          const caught = await outcomeOf(() =>
            observability.startSpan('throws', () => {
              throw thrown;
            }),
          );
          const rejected = await outcomeOf(() =>
            observability.startSpan('rejects', () => Promise.reject(thrown)),
          );
          expect([caught, rejected].map(({ error }) => Object.is(error, thrown))).toEqual([
            true,
            true,
          ]);
        }),
        { numRuns: 60 },
      );
    });

    test.each(['startSpan', 'withTraceContext'])('%s without work is counted', (call) => {
      const { refused } = backend.observability.health();
      const missing = [[], ['x'], ['x', {}], ['x', null], ['x', {}, 7], [{}, 'work'], [null, null]];

      expect(missing.map((several) => untyped()[call]?.(...several))).toEqual(
        missing.map(() => undefined),
      );

      expect(backend.observability.health().refused).toBeGreaterThanOrEqual(refused + 7);
    });

    test('a flush ends in time, whatever it is given', async () => {
      const values = [undefined, { timeoutMs: 500 }, ...hostileValues];
      const flush = untyped()['flush'] as Call;
      const startedAt = performance.now();

      const sent = await Promise.all(
        values.flatMap((value) => [flush(value), flush({ timeoutMs: value })]),
      );

      expect(sent.every((each) => typeof each === 'boolean')).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      for (const value of hostileValues) {
        expect(await untyped()['metricsText']?.(value)).toHaveProperty('body');
      }
    });

    test('a shutdown twice is one, and nothing is sent after it', async () => {
      const { observability } = backend;
      observability.recordMetric('contract.calls', 1, { kind: 'a' });

      const both = [observability.shutdown(), observability.shutdown({ timeoutMs: 1 })];
      expect(await Promise.all(both)).toHaveLength(2);
      const sentBefore = backend.requests();
      observability.recordMetric('contract.calls', 1, { kind: 'a' });
      observability.startSpan('late', () => observability.captureError(new Error('late')));
      observability.recordEvent('late');
      observability.logger.error('late');
      await observability.flush({ timeoutMs: 500 });
      await observability.shutdown();

      expect(sentBefore > 0).toBe(backend.sends);
      expect(backend.requests()).toBe(sentBefore);
    });
  });
}

function isThenable(value: unknown): boolean {
  try {
    return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
  } catch {
    return false;
  }
}

async function outcomeOf(work: () => unknown): Promise<{ readonly error?: unknown }> {
  try {
    await work();
    return {};
  } catch (error) {
    return { error };
  }
}
