import { expectTypeOf, test } from 'vitest';
import {
  counter,
  defineMetrics,
  gauge,
  histogram,
  type Observability,
  ratioBuckets,
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
