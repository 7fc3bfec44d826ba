/**
 * A label's closed set of values. Declare it `as const`: its values are the only ones a caller may write,
 * and anything else that arrives at run time is recorded as `other`. The empty text among them stands for the
 * label's absence, as `error.type` is absent where nothing failed.
 */
export type LabelSets = Readonly<Record<string, readonly string[]>>;

interface Definition<Labels extends LabelSets> {
  /** UCUM: `s`, `By`, `1`, or an annotation such as `{question}`. */
  readonly unit: string;
  /** One sentence, shown in `/metrics`, in docs/telemetry.md and on dashboards. */
  readonly description: string;
  readonly labels: Labels;
}

export interface CounterDefinition<Labels extends LabelSets = LabelSets>
  extends Definition<Labels> {
  readonly kind: 'counter';
}
export interface UpDownCounterDefinition<Labels extends LabelSets = LabelSets>
  extends Definition<Labels> {
  readonly kind: 'up_down_counter';
}
export interface GaugeDefinition<Labels extends LabelSets = LabelSets> extends Definition<Labels> {
  readonly kind: 'gauge';
  /**
   * Every replica reports the same value, for it is read from one place, such as the database: across replicas
   * `max` is right and `sum` counts it once for each.
   */
  readonly isShared?: true;
}
export interface HistogramDefinition<Labels extends LabelSets = LabelSets>
  extends Definition<Labels> {
  readonly kind: 'histogram';
  /** Upper bounds, ascending, in the metric's unit. There is no default: the SDK's are for milliseconds. */
  readonly buckets: readonly number[];
}

export type MetricDefinition =
  | CounterDefinition
  | UpDownCounterDefinition
  | GaugeDefinition
  | HistogramDefinition;

/** A service's metrics by name: lower case, dots, no unit and no `total` in the name. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;

/** What a call must say beside the value: each label with one of its values. */
export type LabelsOf<D extends MetricDefinition> = {
  readonly [Label in keyof D['labels']]: D['labels'][Label][number];
};

type Options<Labels extends LabelSets> = Omit<Definition<Labels>, 'labels'> & {
  readonly labels?: Closed<Labels>;
};

/** Refuses a label whose values the compiler cannot list, such as a `string[]` or a pattern: it has no bound. */
type Closed<Labels extends LabelSets> = {
  readonly [Label in keyof Labels]: Record<never, never> extends Record<
    Labels[Label][number],
    unknown
  >
    ? 'declare the values of this label `as const`: a label must be a closed set'
    : Labels[Label];
};

/** A sum that only grows: events, money, bytes. */
export function counter<const Labels extends LabelSets = Record<never, never>>(
  options: Options<Labels>,
): CounterDefinition<NoInfer<Labels>> {
  return { kind: 'counter', ...withLabels(options) };
}

/** A sum that goes both ways, counted where it changes: requests in flight. */
export function upDownCounter<const Labels extends LabelSets = Record<never, never>>(
  options: Options<Labels>,
): UpDownCounterDefinition<NoInfer<Labels>> {
  return { kind: 'up_down_counter', ...withLabels(options) };
}

/** A value as it stands: a breaker's state; with `isShared`, rows in a table. */
export function gauge<const Labels extends LabelSets = Record<never, never>>(
  options: Options<Labels> & { readonly isShared?: true },
): GaugeDefinition<NoInfer<Labels>> {
  const shared = options.isShared === undefined ? {} : { isShared: options.isShared };
  return { kind: 'gauge', ...shared, ...withLabels(options) };
}

/** A distribution over explicit buckets: durations in seconds, scores, sizes. */
export function histogram<const Labels extends LabelSets = Record<never, never>>(
  options: Options<Labels> & { readonly buckets: readonly number[] },
): HistogramDefinition<NoInfer<Labels>> {
  return { kind: 'histogram', buckets: options.buckets, ...withLabels(options) };
}

/** Declares a service's metrics; see CONTRIBUTING, "Add a metric". */
export function defineMetrics<const Metrics extends MetricDefinitions>(metrics: Metrics): Metrics {
  return metrics;
}

function withLabels<Labels extends LabelSets>(options: Options<Labels>): Definition<Labels> {
  const { unit, description, labels } = options;
  return { unit, description, labels: (labels ?? {}) as Labels };
}
