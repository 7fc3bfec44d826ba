/** A request of every signal in the shape of OTLP/JSON, in which ids are hex. */
export const traceId = '0af7651916cd43dd8448eb211c80319c';
export const spanId = 'b7ad6b7169203331';
export const parentSpanId = '00f067aa0ba902b7';

const resource = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'shop' } },
    { key: 'service.instance.id', value: { stringValue: 'one' } },
  ],
};

export const traces = {
  resourceSpans: [
    {
      resource,
      scopeSpans: [
        {
          scope: { name: 'test-scope', version: '1' },
          spans: [
            {
              traceId,
              spanId,
              parentSpanId,
              name: 'GET /v1/things/{id}',
              kind: 2,
              startTimeUnixNano: '1700000000123456789',
              endTimeUnixNano: '1700000000125956789',
              attributes: [
                { key: 'text', value: { stringValue: '' } },
                { key: 'yes', value: { boolValue: false } },
                { key: 'int', value: { intValue: '0' } },
                { key: 'big', value: { intValue: '9223372036854775807' } },
                { key: 'double', value: { doubleValue: 0.5 } },
                {
                  key: 'list',
                  value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '2' }] } },
                },
                {
                  key: 'map',
                  value: { kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }] } },
                },
                { key: 'empty', value: {} },
              ],
              events: [{ name: 'retry', attributes: [], timeUnixNano: '1' }],
              links: [{ traceId, spanId: parentSpanId, attributes: [] }],
              status: { code: 2, message: 'broken' },
            },
            { traceId, spanId: parentSpanId, name: 'root', kind: 1, status: {} },
          ],
        },
      ],
    },
  ],
};

export const logs = {
  resourceLogs: [
    {
      resource,
      scopeLogs: [
        {
          scope: { name: 'test-scope' },
          logRecords: [
            {
              timeUnixNano: '1700000000123456789',
              severityNumber: 9,
              severityText: 'INFO',
              body: { kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }] } },
              attributes: [{ key: 'k', value: { stringValue: 'v' } }],
              traceId,
              spanId,
              eventName: 'run.completed',
            },
            { timeUnixNano: '2', body: { stringValue: 'plain' } },
          ],
        },
      ],
    },
  ],
};

const labels = [{ key: 'kind', value: { stringValue: 'a' } }];
const times = { startTimeUnixNano: '1', timeUnixNano: '2' };

/** The metrics of one export, with a counter that stands at `count`. */
export function metricsWith(count: number) {
  return {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [
          {
            scope: { name: 'test-scope' },
            metrics: [
              {
                name: 'things.made',
                unit: '{thing}',
                description: 'Things made.',
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [
                    {
                      ...times,
                      attributes: labels,
                      asInt: String(count),
                      exemplars: [{ asInt: '1', traceId, spanId, timeUnixNano: '2' }],
                    },
                    {
                      ...times,
                      attributes: [{ key: 'kind', value: { stringValue: 'b' } }],
                      asDouble: 0.5,
                    },
                  ],
                },
              },
              {
                name: 'queue.length',
                unit: '1',
                gauge: { dataPoints: [{ ...times, attributes: [], asInt: '0' }] },
              },
              {
                name: 'work.duration',
                unit: 's',
                histogram: {
                  aggregationTemporality: 1,
                  dataPoints: [
                    {
                      ...times,
                      attributes: [],
                      count: '3',
                      sum: 1.5,
                      min: 0.1,
                      max: 1,
                      explicitBounds: [0.5, 1],
                      bucketCounts: ['1', '2', '0'],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  };
}

/** The same request with ids as base64, as protobuf libraries want them. */
export function withBase64Ids<T extends object>(request: T): T {
  return JSON.parse(JSON.stringify(request), (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key)
      ? Buffer.from(value, 'hex').toString('base64')
      : value,
  );
}
