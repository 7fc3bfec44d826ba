import { metricsOf, nanosAt, rootId, traceId } from './payloads.ts';

const times = { startTimeUnixNano: nanosAt(0), timeUnixNano: nanosAt(1) };
/** One metric of each kind that OTLP knows. */
export const everyMetric = metricsOf([
  { name: 'gauge', unit: '1', gauge: { dataPoints: [{ ...times, asDouble: 0.5 }] } },
  {
    name: 'counter',
    sum: {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [
        { ...times, asInt: '48', attributes: [{ key: 'kind', value: { stringValue: 'a' } }] },
      ],
    },
  },
  {
    name: 'histogram',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          ...times,
          count: '4',
          sum: 2.55,
          min: 0.05,
          bucketCounts: ['1', '2', '0', '1'],
          explicitBounds: [0.1, 0.5, 1],
          exemplars: [
            {
              timeUnixNano: nanosAt(1),
              asDouble: 0.2,
              traceId,
              spanId: rootId,
              filteredAttributes: [{ key: 'user', value: { stringValue: 'x' } }],
            },
          ],
        },
      ],
    },
  },
  {
    name: 'exponential',
    exponentialHistogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          ...times,
          count: '5',
          sum: 6,
          scale: 0,
          zeroCount: '1',
          positive: { offset: 0, bucketCounts: ['4'] },
        },
      ],
    },
  },
  {
    name: 'summary',
    summary: {
      dataPoints: [{ ...times, count: '3', sum: 6, quantileValues: [{ quantile: 0.5, value: 2 }] }],
    },
  },
]);
