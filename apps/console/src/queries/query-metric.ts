import type { MetricLine, MetricQueryAnswer } from '../api/contract/metrics.ts';
import type { MetricQueryParameters } from '../api/contract/parameters.ts';
import { Problem } from '../http/problem.ts';
import type { MetricSeries } from '../store/metric-model.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import { hasAttributes, textOfValue } from './attributes-match.ts';
import { linesOf } from './metric-lines.ts';
import { comparableSeries, functionsOf, metricTypeOf, unitOf } from './metric-type.ts';
import { endsOf, niceStepSeconds, type Steps, stepsOf } from './steps.ts';
import { isoOf, millisecondsOf } from './time.ts';

const rangeMsByDefault = 900_000;
const stepsAbout = 120;
const stepsMax = 2_000;
const linesMax = 50;
const exemplarsMax = 500;

/**
 * Lines of a chart of one metric.
 *
 * @returns undefined where no series of that name is stored.
 * @throws {Problem} validation_failed for a function that the type has not, and for too many steps.
 */
export function queryMetric(
  store: TelemetryStore,
  name: string,
  parameters: MetricQueryParameters & { readonly nowMs: number },
): MetricQueryAnswer | undefined {
  const all = comparableSeries(store.metrics.list({ name }));
  const [newest] = all;
  if (newest === undefined) return undefined;
  const type = metricTypeOf(newest.data);
  const [byDefault = 'value'] = functionsOf[type];
  const wanted = parameters.function ?? byDefault;
  if (!functionsOf[type].includes(wanted)) {
    throw refused('function', `expected one of ${functionsOf[type].join(', ')} for a ${type}`);
  }
  const { steps, fromMs, toMs } = gridOf(parameters);
  const series = all.filter((each) => isAskedFor(each, parameters));
  const byLabels = Map.groupBy(series, (each) => JSON.stringify(groupLabels(each, parameters.by)));
  const lines = largestFirst(
    [...byLabels].map(([labels, members]) =>
      linesOf(
        { labels: JSON.parse(labels) as MetricLine['labels'], series: members },
        { steps, function: wanted, quantiles: parameters.quantiles },
      ),
    ),
  ).flat();
  const unfinished = { steps, series, wanted, nowMs: parameters.nowMs };
  return {
    name,
    type,
    unit: unitOf(wanted, { type, unit: newest.unit }),
    description: newest.description,
    function: wanted,
    from: isoOf(fromMs),
    to: isoOf(toMs),
    stepSeconds: steps.stepMs / 1000,
    timesSeconds: endsOf(steps),
    lines: lines.slice(0, linesMax).map((line) => withoutUnfinished(line, unfinished)),
    lineCount: lines.length,
    exemplars: exemplarsOf(series, { store, fromMs, toMs, by: parameters.by }),
  };
}

function gridOf(parameters: MetricQueryParameters & { readonly nowMs: number }) {
  const toMs = parameters.to ?? parameters.nowMs;
  const fromMs = parameters.from ?? toMs - rangeMsByDefault;
  if (fromMs >= toMs) throw refused('from', 'expected a moment before the end');
  const stepSeconds = parameters.stepSeconds ?? niceStepSeconds(toMs - fromMs, stepsAbout);
  const steps = stepsOf({ fromMs, toMs, stepSeconds });
  if (steps.count > stepsMax) {
    throw refused('stepSeconds', `expected at most ${stepsMax} steps, got ${steps.count}`);
  }
  return { steps, fromMs, toMs };
}

function isAskedFor({ resource, labels }: MetricSeries, parameters: MetricQueryParameters) {
  const { service, instance, label } = parameters;
  return (
    (service === undefined || resource.service === service) &&
    (instance === undefined || resource.instance === instance) &&
    hasAttributes([labels], label)
  );
}

/** Labels that a line has: those asked for, or else the service and all of the series, not the instance. */
function groupLabels(
  { resource, labels }: MetricSeries,
  by: readonly string[] | undefined,
): MetricLine['labels'] {
  const own = Object.entries(labels).map(([name, value]) => [name, textOfValue(value)] as const);
  const all = new Map<string, string>([
    ...own,
    ['service', resource.service],
    ['instance', resource.instance ?? ''],
  ]);
  const names = by ?? ['service', ...Object.keys(labels).sort()];
  return Object.fromEntries(names.map((name) => [name, all.get(name) ?? '']));
}

/** The rate of a step that the newest export ends in is not known before the next one came. */
function withoutUnfinished(
  line: MetricLine,
  context: { steps: Steps; series: readonly MetricSeries[]; wanted: string; nowMs: number },
): MetricLine {
  const { steps, series, wanted, nowMs } = context;
  if (wanted !== 'rate') return line;
  const newestMs = Math.max(...series.map(({ history }) => history.at(-1)?.untilMs ?? 0));
  const isAwaited = nowMs - newestMs < steps.stepMs;
  const values = line.values.map((value, index) =>
    isAwaited && steps.startMs + (index + 1) * steps.stepMs > newestMs ? null : value,
  );
  return { ...line, values };
}

/** Groups of lines by their largest value. */
function largestFirst(groups: readonly MetricLine[][]): MetricLine[][] {
  const peaks = new Map(
    groups.map((lines) => [
      lines,
      Math.max(...lines.flatMap(({ values }) => values.map(orLowest))),
    ]),
  );
  return groups.toSorted((a, b) => (peaks.get(b) ?? 0) - (peaks.get(a) ?? 0) || 0);
}

function orLowest(value: number | null): number {
  return value ?? Number.MIN_SAFE_INTEGER;
}

function exemplarsOf(
  series: readonly MetricSeries[],
  options: {
    store: TelemetryStore;
    fromMs: number;
    toMs: number;
    by: readonly string[] | undefined;
  },
): MetricQueryAnswer['exemplars'] {
  const { store, fromMs, toMs, by } = options;
  return series
    .flatMap((each) =>
      each.exemplars.flatMap(({ traceId, spanId, timeNanos, value, attributes }) => {
        const timeMs = millisecondsOf(timeNanos);
        const isShown =
          traceId !== null && timeMs >= fromMs && timeMs < toMs && Number.isFinite(value);
        if (!isShown) return [];
        const labels = groupLabels(each, by);
        const traceStored = store.traces.find(traceId) !== undefined;
        return [
          { timeSeconds: timeMs / 1000, value, traceId, spanId, labels, attributes, traceStored },
        ];
      }),
    )
    .sort((a, b) => a.timeSeconds - b.timeSeconds)
    .slice(-exemplarsMax);
}

function refused(path: string, message: string): Problem {
  return new Problem(400, 'validation_failed', {
    detail: 'The request has parameters that are not allowed.',
    errors: [{ path, message }],
  });
}
