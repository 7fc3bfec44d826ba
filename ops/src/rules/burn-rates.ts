import { type Objective, objectives } from './objectives.ts';
import type { AlertSpec, RecordingSpec, RuleFile } from './rule.ts';
import type { Duration, Time } from './time-scale.ts';

/**
 * Two windows that must both burn: the long one says that it matters, the short one that it goes on.
 *
 * @see https://sre.google/workbook/alerting-on-slos/ chapter 5, table 5-8, for 30 days; our period is 28 days.
 */
export interface BurnWindow {
  readonly speed: 'Fast' | 'Slow';
  /** How many times faster than the budget allows. */
  readonly factor: number;
  readonly long: Duration;
  readonly short: Duration;
}

export const burnWindows: readonly BurnWindow[] = [
  { speed: 'Fast', factor: 14.4, long: '1h', short: '5m' },
  { speed: 'Fast', factor: 6, long: '6h', short: '30m' },
  { speed: 'Slow', factor: 3, long: '1d', short: '2h' },
  { speed: 'Slow', factor: 1, long: '3d', short: '6h' },
];

export const period: Duration = '28d';

/** Windows over which events themselves are read; longer ones average the rates of five minutes: much cheaper. */
const read = { ratios: ['5m', '30m', '1h'], events: ['5m', '1h', '6h'] } as const;
/**
 * An average knows nothing of the time before its first sample: events of a window that is longer than the history
 * come out too many. Of 6 h they are therefore read, as somebody is woken for these.
 */
const averaged = { ratios: ['2h', '6h', '1d', '3d'], events: ['1d', '3d'] } as const;

export const errorRatio = (window: Duration): string => `slo:error_ratio:rate${window}`;
const eventRate = (window: Duration): string => `slo:events:rate${window}`;
const failingRate = 'slo:failing_events:rate5m';
export const budgetRemaining = 'slo:error_budget:remaining_ratio';

/** The share of events that may be bad, without the noise of binary fractions. */
export const budgetOf = ({ objective }: Pick<Objective, 'objective'>): number =>
  Number((1 - objective).toPrecision(6));

/** Series and alerts of all objectives. */
export function burnRateRules(): RuleFile {
  for (const each of objectives) assertReachable(each);
  return {
    name: 'slo',
    about:
      'Objectives (ops/src/rules/objectives.ts): the share of bad events over several windows, and alerts where it uses the error budget up too fast.',
    groups: [
      { name: 'slo-rates', interval: '30s', rules: objectives.flatMap(readRates) },
      { name: 'slo-averages', interval: '2m', rules: objectives.flatMap(averagedRates) },
      {
        name: 'slo-alerts',
        interval: '30s',
        rules: objectives.flatMap((each) => burnWindows.map((window) => burnAlert(each, window))),
      },
    ],
  };
}

/** A share of more than everything never comes: such an alert would be silent for ever. */
function assertReachable(objective: Objective): void {
  const threshold = budgetOf(objective) * Math.max(...burnWindows.map(({ factor }) => factor));
  if (threshold < 1) return;
  throw new RangeError(
    `${objective.slo}: with an objective of ${objective.objective} the fastest burn is a share of ${threshold}, which is never reached; the lowest objective these windows can watch is 0.931`,
  );
}

function readRates({ slo, total, failing }: Objective): RecordingSpec[] {
  const labels = { slo };
  return [
    ...read.events.map((window) => ({
      record: eventRate(window),
      labels,
      expr: (time: Time) => total(time.length(window)),
    })),
    { record: failingRate, labels, expr: (time) => failing(time.length('5m')) },
    ...read.ratios.map((window) => ({
      record: errorRatio(window),
      labels,
      // Without events there is no share, rather than 0 / 0.
      expr: (time: Time) => `${failing(time.length(window))} / (${total(time.length(window))} > 0)`,
    })),
  ];
}

function averagedRates(objective: Objective): RecordingSpec[] {
  const { slo } = objective;
  const labels = { slo };
  const average = (series: string, range: string) =>
    `avg_over_time(${series}{slo="${slo}"}[${range}])`;
  const ratio = (range: string): string =>
    `${average(failingRate, range)} / (${average(eventRate('5m'), range)} > 0)`;
  return [
    ...averaged.events.map((window) => ({
      record: eventRate(window),
      labels,
      expr: (time: Time) => average(eventRate('5m'), time.length(window)),
    })),
    ...averaged.ratios.map((window) => ({
      record: errorRatio(window),
      labels,
      expr: (time: Time) => ratio(time.length(window)),
    })),
    {
      record: budgetRemaining,
      labels,
      expr: (time) => `1 - ${ratio(time.length(period))} / ${budgetOf(objective)}`,
    },
  ];
}

/** @internal Shared with the unit tests of the rules. */
export function burnSummary(objective: Objective, { factor, long }: BurnWindow): string {
  const percent = Number((factor * budgetOf(objective) * 100).toPrecision(3));
  const { events, bad } = objective;
  return `More than ${percent} % of ${events} in ${long} ${bad}: the error budget of ${period} is used up at ${factor} times its rate.`;
}

function burnAlert(objective: Objective, window: BurnWindow): AlertSpec {
  const { slo, name, service, fast, eventsMin, description } = objective;
  const { speed, factor, long, short } = window;
  const selector = `{slo="${slo}"}`;
  const threshold = `${factor} * ${budgetOf(objective)}`;
  return {
    alert: `${name}Burn${speed}`,
    severity: speed === 'Fast' ? fast : 'ticket',
    service,
    labels: { slo, window: long },
    expr: (time) =>
      [
        `${errorRatio(long)}${selector} > ${threshold}`,
        `and ${errorRatio(short)}${selector} > ${threshold}`,
        `and ${eventRate(long)}${selector} * ${time.seconds(long)} > ${eventsMin}`,
      ].join('\n'),
    summary: burnSummary(objective, window),
    description,
    dashboard: 'aiq-slo',
  };
}
