import { counter, defineMetrics, gauge, histogram, secondsFast } from '@aiq/observability';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const routes = ['/a', '/b', '/c', '/d', '/e'] as const;
export const statuses = ['2xx', '5xx'] as const;

/** 5 x 5 x 2 label sets, in an order that does not repeat a label set twice in a row. */
export const labelSets = methods.flatMap((method) =>
  routes.flatMap((route) => statuses.map((status) => ({ method, route, status }))),
);

const labels = { method: methods, route: routes, status: statuses };

export const metrics = defineMetrics({
  'bench.counter': counter({ unit: '{call}', description: 'Calls counted.', labels }),
  'bench.histogram': histogram({
    unit: 's',
    description: 'Seconds observed.',
    buckets: secondsFast,
    labels,
  }),
  'bench.gauge': gauge({ unit: '{item}', description: 'Items seen last.', labels }),
});
