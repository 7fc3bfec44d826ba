import { describe, expectTypeOf, test } from 'vitest';
import {
  counter,
  defineMetrics,
  gauge,
  histogram,
  type LabelsOf,
  type Observability,
  ratioBuckets,
  upDownCounter,
} from '../../src/index.ts';
import { createTestObservability } from '../../src/testing/index.ts';

const metrics = defineMetrics({
  'things.made': counter({
    unit: '{thing}',
    description: 'Things.',
    labels: { kind: ['round', 'square'], size: ['s', 'l'] },
  }),
  'things.quality': histogram({ unit: '1', description: 'Quality.', buckets: ratioBuckets }),
  'things.stored': gauge({ unit: '{thing}', description: 'Stored.', labels: { kind: ['round'] } }),
});
const { observability } = createTestObservability({ service: 'types', metrics });

test('only declared metrics, labels and label values compile', () => {
  observability.recordMetric('things.made', 1, { kind: 'round', size: 's' });
  observability.recordMetric('things.quality', 0.5);
  // @ts-expect-error an unknown metric
  observability.recordMetric('things.mode', 1, { kind: 'round', size: 's' });
  // @ts-expect-error a value outside the label's set
  observability.recordMetric('things.made', 1, { kind: 'triangle', size: 's' });
  // @ts-expect-error a label that is missing
  observability.recordMetric('things.made', 1, { kind: 'round' });
  // @ts-expect-error labels that are missing altogether
  observability.recordMetric('things.made', 1);
  // @ts-expect-error a label that the metric does not have, such as a user's id
  observability.recordMetric('things.made', 1, { kind: 'round', size: 's', user_id: '7' });
  // @ts-expect-error labels of a metric that has none
  observability.recordMetric('things.quality', 0.5, { kind: 'round' });
  // @ts-expect-error only gauges are observed
  observability.observeGauge('things.made', () => []);
});

test('a histogram without buckets does not compile', () => {
  // @ts-expect-error there is no default: the SDK's are for milliseconds
  histogram({ unit: 's', description: 'A duration.' });
});

test('an observability with metrics is one without: libraries can take it', () => {
  expectTypeOf(observability.startSpan('x', () => 7)).toEqualTypeOf<number>();
  expectTypeOf(observability.startSpan('x', async () => 'y')).toEqualTypeOf<Promise<string>>();
  expectTypeOf<typeof observability>().toExtend<Pick<Observability, 'logger' | 'captureError'>>();
});

test('code that takes any observability takes this one', () => {
  const take = (any: Observability): string => any.service;
  take(observability);
});

describe('a label without a bound does not compile', () => {
  const kinds: string[] = ['round', 'square'];
  const fixedKinds = ['round', 'square'] as const;
  const common = { unit: '{thing}', description: 'Things.' };

  test('as text of any kind, in each instrument', () => {
    // @ts-expect-error string[] has no bound: declare it `as const`
    counter({ ...common, labels: { kind: kinds } });
    // @ts-expect-error the same for sums that go both ways
    upDownCounter({ ...common, labels: { kind: kinds } });
    // @ts-expect-error the same for gauges
    gauge({ ...common, labels: { kind: kinds } });
    // @ts-expect-error the same for histograms
    histogram({ ...common, buckets: ratioBuckets, labels: { kind: kinds } });
    // @ts-expect-error one open label among closed ones is enough
    counter({ ...common, labels: { kind: fixedKinds, user_id: kinds } });
  });

  test('as a pattern, which has no end either', () => {
    const patterns: readonly `user-${string}`[] = ['user-7'];
    // @ts-expect-error a template of any text is as open as text
    counter({ ...common, labels: { kind: patterns } });
  });

  test('while a closed set, inline or `as const`, is kept to its values', () => {
    const closed = counter({ ...common, labels: { kind: fixedKinds, size: ['s', 'l'] } });
    expectTypeOf<LabelsOf<typeof closed>>().toEqualTypeOf<{
      readonly kind: 'round' | 'square';
      readonly size: 's' | 'l';
    }>();
  });
});

test('a value that is only known to be text, such as a user id, does not compile', () => {
  const userId: string = '7';
  // @ts-expect-error text is not one of the label's values
  observability.recordMetric('things.made', 1, { kind: userId, size: 's' });
  // @ts-expect-error a number is none either
  observability.recordMetric('things.made', 1, { kind: 7, size: 's' });
});

test('a gauge is observed with its own labels alone', () => {
  observability.observeGauge('things.stored', () => [{ value: 1, labels: { kind: 'round' } }]);
  // @ts-expect-error a value outside the label's set
  observability.observeGauge('things.stored', () => [{ value: 1, labels: { kind: 'square' } }]);
  // @ts-expect-error labels that are missing
  observability.observeGauge('things.stored', () => [{ value: 1 }]);
});
