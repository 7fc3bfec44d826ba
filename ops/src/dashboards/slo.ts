import { budgetOf, budgetRemaining, errorRatio } from '../rules/burn-rates.ts';
import { type Objective, objectives } from '../rules/objectives.ts';
import { chosenEnvironment, type DashboardSpec } from './dashboard.ts';
import { links } from './fragments.ts';
import type { Link } from './links.ts';
import type { PanelSpec } from './panel.ts';

const causes: Readonly<Record<string, readonly Link[]>> = {
  'api-availability': [links.backend, links.failedRequests],
  'api-latency': [links.backend, links.slowRequests],
  'session-completion': [links.sessions, links.failedRequests],
  'generation-success': [links.providers, links.runs],
};

const promise = ({ objective, events, bad }: Objective): string =>
  `At most ${Number(((1 - objective) * 100).toPrecision(3))} % of ${events} ${bad}, over 28 days.`;

function left(each: Objective): PanelSpec {
  return {
    kind: 'stat',
    title: `Budget left: ${each.slo}`,
    description: `${promise(each)} Below 0 the objective is missed.`,
    unit: 'share',
    steps: [
      [null, 'bad'],
      [0, 'warn'],
      [0.25, 'good'],
    ],
    queries: [
      { expr: `min(${budgetRemaining}{${chosenEnvironment}, slo="${each.slo}"})`, legend: 'left' },
    ],
    links: [links.runbook(`${each.name}BurnFast`), ...(causes[each.slo] ?? [])],
    width: 6,
  };
}

function burning(each: Objective): PanelSpec {
  const windows = ['5m', '1h', '6h', '1d', '3d'] as const;
  return {
    kind: 'timeseries',
    title: `Burn rate: ${each.slo}`,
    description: `${promise(each)} 1 uses the budget up in 28 days; 14.4 over an hour and 6 over six hours are told at once, 3 over a day and 1 over three days by ticket.`,
    unit: 'count',
    steps: [
      [null, 'good'],
      [6, 'warn'],
      [14.4, 'bad'],
    ],
    queries: windows.map((window) => ({
      expr: `max(${errorRatio(window)}{${chosenEnvironment}, slo="${each.slo}"}) / ${budgetOf(each)}`,
      legend: window,
    })),
    links: [
      links.runbook(`${each.name}BurnFast`),
      links.runbook(`${each.name}BurnSlow`),
      ...(causes[each.slo] ?? []),
    ],
  };
}

/** Are the promises kept, and how fast is their budget used. */
export const slo: DashboardSpec = {
  uid: 'aiq-slo',
  title: 'SLO compliance',
  description: 'Objectives over 28 days: what is left of each error budget, and how fast it burns.',
  rows: [
    { title: 'Now', panels: objectives.map(left) },
    { title: 'Burn rates', panels: objectives.map(burning) },
    {
      title: 'Share of bad events, and how many there are',
      panels: [
        {
          kind: 'timeseries',
          title: 'Share of bad events',
          description: 'Over an hour, by objective.',
          unit: 'share',
          queries: [
            { expr: `max by (slo) (${errorRatio('1h')}{${chosenEnvironment}})`, legend: '{{slo}}' },
          ],
          links: [links.overview],
        },
        {
          kind: 'timeseries',
          title: 'Events',
          description: 'A second, over five minutes: of few events a share says little.',
          unit: 'perSecond',
          queries: [
            { expr: `sum by (slo) (slo:events:rate5m{${chosenEnvironment}})`, legend: '{{slo}}' },
          ],
          links: [links.overview],
        },
      ],
    },
  ],
};
