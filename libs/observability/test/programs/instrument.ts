import {
  counter,
  defineMetrics,
  gauge,
  histogram,
  ratioBuckets,
  startObservability,
  upDownCounter,
} from '../../src/index.ts';

const metrics = defineMetrics({
  'things.made': counter({
    unit: '{thing}',
    description: 'Things that were made.',
    labels: { kind: ['round', 'square'] },
  }),
  'things.quality': histogram({ unit: '1', description: 'Quality.', buckets: ratioBuckets }),
  'things.open': upDownCounter({ unit: '{thing}', description: 'Things that are open.' }),
  'things.size': gauge({ unit: 'By', description: 'Size of the last thing.' }),
  'things.stored': gauge({ unit: '{thing}', description: 'Things in store.' }),
});

export const observability = await startObservability({ service: 'aiq-program', metrics });
