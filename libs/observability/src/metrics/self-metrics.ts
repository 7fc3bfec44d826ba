import { failureReasons } from '../export/failure-reason.ts';
import type { ObservabilityHealth, SignalHealth } from '../observability.ts';
import { type MetricSpec, openLabel } from './metric.ts';
import type { MetricStore, Observation } from './metric-store.ts';

/** The words of the semantic conventions for an item of each signal; they have none for errors. */
const items = {
  traces: { noun: 'span', unit: '{span}', space: 'otel.sdk' },
  metrics: { noun: 'metric_data_point', unit: '{data_point}', space: 'otel.sdk' },
  logs: { noun: 'log', unit: '{log_record}', space: 'otel.sdk' },
  errors: { noun: 'error', unit: '{error}', space: 'aiq.telemetry' },
} as const;
type Signal = keyof typeof items;
const signals = Object.keys(items) as Signal[];

const component = 'otel.component.name';
const destinationLabels = { signal: openLabel, destination: openLabel } as const;

/**
 * What the library says of its own work. Values are read from `health()` at each collection; the labels hold
 * signals, destinations and reasons, which are closed sets of the code's own making.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
 */
export const selfMetrics: readonly MetricSpec[] = [
  ...signals.flatMap((signal) => specsOf(signal)),
  {
    name: 'aiq.telemetry.dropped',
    kind: 'counter',
    unit: '{item}',
    description: 'Items that found no room in their queue.',
    labels: destinationLabels,
    isSelf: true,
  },
  {
    name: 'aiq.telemetry.last_success.time',
    kind: 'gauge',
    unit: 's',
    description: 'When a batch arrived last, in seconds since 1970.',
    labels: destinationLabels,
    isSelf: true,
  },
  {
    name: 'aiq.telemetry.refused',
    kind: 'counter',
    unit: '{call}',
    description: 'Calls that were not recorded as they were given.',
    labels: { reason: openLabel },
    isSelf: true,
  },
  {
    name: 'aiq.telemetry.series.overflow',
    kind: 'counter',
    unit: '{record}',
    description: 'Records of new label sets beyond the budget of their metric.',
    labels: {},
    isSelf: true,
  },
];

function specsOf(signal: Signal): MetricSpec[] {
  const { noun, unit, space } = items[signal];
  const queue = (name: string, description: string): MetricSpec => ({
    name: `${space}.processor.${noun}.queue.${name}`,
    kind: 'up_down_counter',
    unit,
    description,
    labels: { [component]: openLabel },
    isSelf: true,
  });
  return [
    {
      name: `${space}.exporter.${noun}.exported`,
      kind: 'counter',
      unit,
      description: 'Exports that ended, well or with error.type.',
      labels: { [component]: openLabel, 'error.type': openLabel },
      isSelf: true,
    },
    queue('size', 'Items that wait to be exported.'),
    queue('capacity', 'Items that may wait at once.'),
  ];
}

/** Lets each collection read the health of this moment. */
export function observeSelf(store: MetricStore, health: () => ObservabilityHealth): void {
  for (const signal of signals) {
    const { noun, space } = items[signal];
    const at = (name: string, read: (of: SignalHealth, destination: string) => Observation[]) =>
      store.observe(`${space}.${name}`, () =>
        deliveries(health(), signal).flatMap(({ destination, of }) => read(of, destination)),
      );
    at(`exporter.${noun}.exported`, toExported);
    at(`processor.${noun}.queue.size`, ({ queue }, destination) =>
      queue === undefined ? [] : [{ value: queue.size, labels: { [component]: destination } }],
    );
    at(`processor.${noun}.queue.capacity`, ({ queue }, destination) =>
      queue === undefined ? [] : [{ value: queue.capacity, labels: { [component]: destination } }],
    );
  }
  store.observe('aiq.telemetry.dropped', () =>
    perDestination(health(), ({ dropped }) => [dropped]),
  );
  store.observe('aiq.telemetry.last_success.time', () =>
    perDestination(health(), ({ lastSuccessAt }) =>
      lastSuccessAt === undefined ? [] : [Date.parse(lastSuccessAt) / 1_000],
    ),
  );
  store.observe('aiq.telemetry.refused', () =>
    Object.entries(health().refusals).map(([reason, value]) => ({ value, labels: { reason } })),
  );
  store.observe('aiq.telemetry.series.overflow', () => [
    { value: health().overflowed, labels: {} },
  ]);
}

/** Every reason is there from the start: `increase()` over a series that begins with its first failure is 0. */
function toExported(of: SignalHealth, destination: string): Observation[] {
  const labels = { [component]: destination };
  const failed = failureReasons.map((reason) => ({
    value: of.failures?.[reason] ?? 0,
    labels: { ...labels, 'error.type': reason },
  }));
  return [{ value: of.exported, labels }, ...failed];
}

function perDestination(
  health: ObservabilityHealth,
  read: (of: SignalHealth) => readonly number[],
): Observation[] {
  return signals.flatMap((signal) =>
    deliveries(health, signal).flatMap(({ destination, of }) =>
      read(of).map((value) => ({ value, labels: { signal, destination } })),
    ),
  );
}

function deliveries(health: ObservabilityHealth, signal: Signal) {
  return Object.entries(health.signals).flatMap(([name, of]) => {
    const [ofSignal, destination = ''] = name.split('.');
    return ofSignal === signal ? [{ destination, of }] : [];
  });
}
