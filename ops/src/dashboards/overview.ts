import { budgetRemaining } from '../rules/burn-rates.ts';
import { userRequests } from '../series/selectors.ts';
import { chosen, chosenEnvironment, type DashboardSpec } from './dashboard.ts';
import {
  anyChosen,
  chosenQuestionService,
  errorLines,
  failureShare,
  links,
  quantile,
  requestRate,
} from './fragments.ts';

const users = `${chosen}, ${userRequests}`;

/** Is everything well? And if not, where. */
export const overview: DashboardSpec = {
  uid: 'aiq-overview',
  title: 'Platform overview',
  description:
    'Whether test takers are served, questions are made and money is kept; from here to the cause.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Instances',
          description: 'Instances that can be seen, by service. None: ServiceAbsent.',
          unit: 'count',
          steps: [
            [null, 'bad'],
            [1, 'good'],
          ],
          queries: [{ expr: `count by (job) (target_info{${anyChosen}})`, legend: '{{job}}' }],
          links: [links.runbook('ServiceAbsent'), links.errorLogs],
        },
        {
          kind: 'stat',
          title: 'Failed requests',
          description:
            'Share of requests of test takers that were answered with a 5xx. The objective allows 0.1 %.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.001, 'warn'],
            [0.0144, 'bad'],
          ],
          queries: [{ expr: failureShare(users), legend: 'failed' }],
          links: [links.backend, links.runbook('ApiAvailabilityBurnFast'), links.failedRequests],
        },
        {
          kind: 'stat',
          title: 'p99 of requests',
          description: 'What 99 of 100 requests of test takers stay below. The objective is 0.5 s.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [0.5, 'warn'],
            [1, 'bad'],
          ],
          queries: [
            {
              expr: quantile(0.99, 'http_server_request_duration_seconds', users),
              legend: 'p99',
              exemplars: true,
            },
          ],
          links: [links.backend, links.runbook('ApiLatencyBurnFast'), links.slowRequests],
        },
        {
          kind: 'stat',
          title: 'Error budget left',
          description:
            'Least of the error budgets of 28 days that is left. Below 0 an objective is missed.',
          unit: 'share',
          steps: [
            [null, 'bad'],
            [0, 'warn'],
            [0.25, 'good'],
          ],
          queries: [{ expr: `min(${budgetRemaining}{${chosenEnvironment}})`, legend: 'left' }],
          links: [links.slo],
        },
        {
          kind: 'stat',
          title: 'Last successful run',
          description:
            'When a run of the pipeline succeeded last. Longer ago than 26 hours: NoSuccessfulRun.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [86_400, 'warn'],
            [93_600, 'bad'],
          ],
          queries: [
            {
              expr: `time() - max(pipeline_last_success_time_seconds{${chosenQuestionService}})`,
              legend: 'ago',
            },
          ],
          links: [links.pipeline, links.runbook('NoSuccessfulRun'), links.runs],
        },
        {
          kind: 'stat',
          title: 'Share of the daily budget',
          description:
            'Cost of the runs of the last 24 hours over what they may cost. Above 1: DailyCostOverBudget.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.8, 'warn'],
            [1, 'bad'],
          ],
          queries: [
            {
              expr: `max(pipeline_day_cost_usd{${chosenQuestionService}}) / max(budget_daily_usd{${chosenQuestionService}})`,
              legend: 'spent',
            },
          ],
          links: [links.cost, links.runbook('DailyCostOverBudget')],
        },
      ],
    },
    {
      title: 'Requests, errors, durations',
      panels: [
        {
          kind: 'timeseries',
          title: 'Requests',
          description: 'Requests answered a second, by service: probes and scrapes too.',
          unit: 'requests',
          queries: [{ expr: requestRate(anyChosen, 'job'), legend: '{{job}}' }],
          links: [links.backend],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Failed requests',
          description: 'Share of requests answered with a 5xx, by service.',
          unit: 'share',
          queries: [{ expr: failureShare(anyChosen), legend: '{{job}}' }],
          links: [links.failedRequests, links.backendErrorLogs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Duration of requests',
          description:
            'Half of the requests, and 99 of 100, are answered within this time, by service.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(0.5, 'http_server_request_duration_seconds', anyChosen, 'job'),
              legend: '{{job}} p50',
            },
            {
              expr: quantile(0.99, 'http_server_request_duration_seconds', anyChosen, 'job'),
              legend: '{{job}} p99',
              exemplars: true,
            },
          ],
          links: [links.slowRequests],
          width: 8,
        },
      ],
    },
    {
      title: 'Causes',
      panels: [
        {
          kind: 'timeseries',
          title: 'Test sessions in progress',
          description: 'From the database, the same in every replica.',
          unit: 'count',
          queries: [
            {
              expr: `max by (adaptive) (test_sessions_active{${chosen}})`,
              legend: 'adaptive {{adaptive}}',
            },
          ],
          links: [links.sessions],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Delay of the event loop',
          description: '99 of 100 turns of the loop are late by less. Above 0.2 s: EventLoopSlow.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [0.2, 'bad'],
          ],
          queries: [
            {
              expr: `max by (job, instance) (nodejs_eventloop_delay_p99_seconds{${anyChosen}})`,
              legend: '{{job}} {{instance}}',
            },
          ],
          links: [links.backend, links.runbook('EventLoopSlow')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Questions in the bank, least stratum',
          description:
            'Fewest active questions of any type and difficulty. 0: QuestionStratumEmpty; below 20: QuestionStratumLow.',
          unit: 'count',
          steps: [
            [null, 'bad'],
            [20, 'good'],
          ],
          queries: [
            {
              expr: `min(max by (question_type, difficulty) (inventory_questions{${chosenQuestionService}}))`,
              legend: 'least',
            },
          ],
          links: [links.pipeline, links.runbook('QuestionStratumLow')],
          width: 8,
        },
        {
          kind: 'logs',
          title: 'Errors in the logs',
          description: 'Lines of level error and above, of all services; each leads to its trace.',
          unit: 'text',
          queries: [{ expr: errorLines() }],
          links: [links.errorLogs],
          width: 24,
        },
      ],
    },
  ],
};
