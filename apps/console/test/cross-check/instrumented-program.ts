import { counter, defineMetrics, histogram, startObservability } from '@aiq/observability';

/** A program as ours are: counts, measures, spans and logs by the library that all services use. */
const metrics = defineMetrics({
  'things.made': counter({
    unit: '{thing}',
    description: 'Things made.',
    labels: { kind: ['round', 'square'] },
  }),
  'thing.duration': histogram({
    unit: 's',
    description: 'Time a thing takes.',
    buckets: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28],
  }),
});

const observability = await startObservability({ service: 'aiq-cross-check', metrics });

for (let made = 0; made < 500; made += 1) {
  await observability.startSpan('thing.make', { attributes: { made } }, async () => {
    observability.recordMetric('things.made', 1, { kind: made % 3 === 0 ? 'square' : 'round' });
    observability.recordMetric('thing.duration', durationSeconds(made));
    if (made % 10 === 0) observability.logger.info('made', { made });
  });
}
await observability.shutdown();

/** Spread over the buckets, the same in every run. */
function durationSeconds(made: number): number {
  return 0.001 * 1.015 ** made;
}
