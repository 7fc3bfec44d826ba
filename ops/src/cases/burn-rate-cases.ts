import { type BurnWindow, budgetOf, burnSummary, burnWindows } from '../rules/burn-rates.ts';
import { type Objective, objectives } from '../rules/objectives.ts';
import { createTime, type Duration } from '../rules/time-scale.ts';
import { environment } from '../series/selectors.ts';
import type { AlertCase, ExpectedAlert } from './alert-case.ts';

/** Samples are this far apart: each rate of five minutes has two. */
const interval: Duration = '2m';
const intervalSeconds = createTime(1).seconds(interval);
const samplesOf = (duration: Duration): number =>
  Math.ceil(createTime(1).seconds(duration) / intervalSeconds);
const minutes = (samples: number): string => `${(samples * intervalSeconds) / 60}m`;

/** How many good and bad events a sample adds, in phases of so many samples. */
type Phases = readonly { readonly good: number; readonly bad: number; readonly samples: number }[];
type Part = (events: { readonly good: number; readonly bad: number }) => number;

const good: Part = (events) => events.good;
const bad: Part = (events) => events.bad;
const all: Part = (events) => events.good + events.bad;

const backend = 'job="aiq/aiq-backend", instance="one"';
const generation =
  'generation_questions_total{job="aiq/aiq-question-service", instance="one", outcome=';
const request = 'http_server_request_duration_seconds';

/** The series that tell the events of each objective, to be closed with an environment. */
const seriesOf: Readonly<Record<string, Readonly<Record<string, Part>>>> = {
  'api-availability': {
    [`${request}_count{${backend}, http_route="/v1/users/me", http_response_status_code="200"`]:
      good,
    [`${request}_count{${backend}, http_route="/v1/users/me", http_response_status_code="503"`]:
      bad,
    // Probes are not counted, however they are answered.
    [`${request}_count{${backend}, http_route="/health/ready", http_response_status_code="200"`]:
      all,
  },
  'api-latency': {
    [`${request}_bucket{${backend}, http_route="/v1/test-sessions", le="0.5"`]: good,
    [`${request}_count{${backend}, http_route="/v1/test-sessions"`]: all,
  },
  'session-completion': {
    [`test_sessions_completed_total{${backend}, adaptive="true"`]: good,
    [`test_sessions_abandoned_total{${backend}, adaptive="true"`]: bad,
  },
  'generation-success': {
    [`${generation}"generated"`]: good,
    [`${generation}"failed"`]: bad,
  },
};

/**
 * For each pair of windows all objectives side by side, in three environments: `above` the threshold, `below` it,
 * and `few` events that are all bad. All are well again in the end, for a little longer than the short window.
 */
export const burnRateCases = (): readonly AlertCase[] => burnWindows.map(toCase);

function toCase(window: BurnWindow): AlertCase {
  const { long, short, factor, speed } = window;
  const during = samplesOf(long) + 2;
  const after = during + samplesOf(short) + 6;
  const series = objectives.flatMap((objective) => seriesFor(objective, window));
  const slower = burnWindows.filter((each) => each.speed === speed && each.factor < factor);
  return {
    name: `${speed} burn over ${long} and ${short} is told above ${factor} times the budget, not below, not of a few events, and not once it is over`,
    interval,
    series: Object.fromEntries(series),
    expected: {
      [minutes(during)]: Object.fromEntries(
        objectives.map((objective) => [
          `${objective.name}Burn${speed}`,
          [
            ...[window, ...slower].map((each) => expectedOf(objective, each, 'above')),
            ...slower.map((each) => expectedOf(objective, each, 'below')),
          ],
        ]),
      ),
      // Longer windows still burn: what is told of them is another rule of the same name.
      [minutes(after)]: Object.fromEntries(
        objectives.map((objective) => [
          `${objective.name}Burn${speed}`,
          ['above', 'below'].flatMap((place) =>
            slower.map((each) => expectedOf(objective, each, place)),
          ),
        ]),
      ),
    },
  };
}

function expectedOf(objective: Objective, window: BurnWindow, place: string): ExpectedAlert {
  return {
    labels: { [environment]: `${objective.slo}-${place}`, window: window.long },
    summary: burnSummary(objective, window),
  };
}

/** Events a sample, where there are many. */
const many = 100_000;

function seriesFor(objective: Objective, { factor, long, short }: BurnWindow): [string, string][] {
  const threshold = budgetOf(objective) * factor;
  const [during, after] = [samplesOf(long) + 2, samplesOf(short) + 6];
  const share = (part: number): Phases => [
    { good: Math.round(many * (1 - part)), bad: Math.round(many * part), samples: during },
    { good: many, bad: 0, samples: after },
  ];
  const each = objective.eventsMin / 4 / samplesOf(long);
  const places = {
    above: share(threshold * 1.02),
    below: share(threshold * 0.98),
    few: [{ good: 0, bad: each, samples: during + after }],
  };
  return Object.entries(seriesOf[objective.slo] ?? {}).flatMap(([selector, part]) =>
    Object.entries(places).map(([place, phases]): [string, string] => [
      `${selector}, ${environment}="${objective.slo}-${place}"}`,
      notate(phases.map(({ samples, ...events }) => ({ step: part(events), samples }))),
    ]),
  );
}

/** promtool's `start+step x times`: each phase goes on from where the one before it ended. */
function notate(phases: readonly { readonly step: number; readonly samples: number }[]): string {
  let value = 0;
  const texts = phases.map(({ step, samples }) => {
    const text = `${value}+${step}x${samples - 1}`;
    value += step * samples;
    return text;
  });
  return texts.join(' ');
}
