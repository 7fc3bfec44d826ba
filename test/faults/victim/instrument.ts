import { counter, defineMetrics, histogram, startObservability } from '@aiq/observability';

const metrics = defineMetrics({
  'orders.placed': counter({
    unit: '{order}',
    description: 'Orders that were placed.',
    labels: { kind: ['plain', 'gift'] },
  }),
  'orders.items': histogram({
    unit: '{item}',
    description: 'Items of an order.',
    buckets: [1, 2, 5, 10],
  }),
});

export const observability = await startObservability({ service: 'aiq-victim', metrics });
