import type { Observability } from '@aiq/observability';
import { secondsFast } from '@aiq/observability';
import {
  AggregationType,
  type IMetricReader,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { labelSets, type metrics } from './catalogue.ts';
import type { Case } from './compare.ts';

type Labels = (typeof labelSets)[number];
type Kind = 'counter' | 'histogram' | 'gauge';

/** A metric record with three labels, new objects each time as a caller writes them, over 50 label sets. */
export function metricCases(
  kind: Kind,
  observability: Observability<typeof metrics>,
): readonly Case[] {
  return [
    { name: 'ours', run: ours(kind, observability) },
    { name: 'OpenTelemetry SDK, 1 reader', run: sdk(kind, 1) },
    { name: 'OpenTelemetry SDK, 2 readers', run: sdk(kind, 2) },
    { name: 'prom-client', run: promClient(kind) },
    { name: 'prom-client, child bound before', run: promClientBound(kind) },
  ];
}

/** The same call where telemetry is off, beside a call that does nothing. */
export function disabledCases(observability: Observability<typeof metrics>): readonly Case[] {
  return [
    { name: 'counter', run: ours('counter', observability) },
    { name: 'histogram', run: ours('histogram', observability) },
    { name: 'gauge', run: ours('gauge', observability) },
    { name: 'a function that does nothing', run: each(nothing) },
  ];
}

function nothing(value: number, { method }: Labels): void {
  if (method.length === 0) throw new RangeError(`expected a method with ${value}`);
}

function ours(kind: Kind, observability: Observability<typeof metrics>) {
  const name = `bench.${kind}` as const;
  return each((value, { method, route, status }) =>
    observability.recordMetric(name, value, { method, route, status }),
  );
}

class IdleReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

function sdk(kind: Kind, readers: number) {
  const provider = new MeterProvider({
    readers: Array.from({ length: readers }, () => new IdleReader() as IMetricReader),
    views: [
      {
        instrumentName: 'bench.histogram',
        aggregation: {
          type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
          options: { boundaries: [...secondsFast] },
        },
      },
    ],
  });
  const meter = provider.getMeter('bench');
  if (kind === 'counter') {
    const instrument = meter.createCounter('bench.counter');
    return each((value, { method, route, status }) =>
      instrument.add(value, { method, route, status }),
    );
  }
  const instrument =
    kind === 'histogram'
      ? meter.createHistogram('bench.histogram')
      : meter.createGauge('bench.gauge');
  return each((value, { method, route, status }) =>
    instrument.record(value, { method, route, status }),
  );
}

const prom = {
  counter() {
    const metric = new Counter(describe('counter'));
    return {
      record: (value: number, labels: Labels) => metric.inc(labels, value),
      bind: (labels: Labels) => {
        const child = metric.labels(labels);
        return (value: number) => child.inc(value);
      },
    };
  },
  gauge() {
    const metric = new Gauge(describe('gauge'));
    return {
      record: (value: number, labels: Labels) => metric.set(labels, value),
      bind: (labels: Labels) => {
        const child = metric.labels(labels);
        return (value: number) => child.set(value);
      },
    };
  },
  histogram() {
    const metric = new Histogram({ ...describe('histogram'), buckets: [...secondsFast] });
    return {
      record: (value: number, labels: Labels) => metric.observe(labels, value),
      bind: (labels: Labels) => {
        const child = metric.labels(labels);
        return (value: number) => child.observe(value);
      },
    };
  },
};

function describe(kind: Kind) {
  return {
    name: `bench_${kind}`,
    help: 'x',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [new Registry()],
  };
}

function promClient(kind: Kind) {
  const { record } = prom[kind]();
  return each((value, { method, route, status }) => record(value, { method, route, status }));
}

function promClientBound(kind: Kind) {
  const { bind } = prom[kind]();
  const children = labelSets.map(bind);
  return (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      children[index % children.length]?.((index % 13) / 10);
    }
  };
}

function each(record: (value: number, labels: Labels) => void) {
  return (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      record((index % 13) / 10, labelSets[index % labelSets.length] as Labels);
    }
  };
}
