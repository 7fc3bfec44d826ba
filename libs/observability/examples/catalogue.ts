// region catalogue
import { counter, defineMetrics, histogram, secondsFast } from '@aiq/observability';

export const metrics = defineMetrics({
  'orders.placed': counter({
    unit: '{order}',
    description: 'Orders placed.',
    labels: { channel: ['web', 'phone'] },
  }),
  'orders.packing.duration': histogram({
    unit: 's',
    description: 'Time to pack an order.',
    buckets: secondsFast,
  }),
});
// endregion
