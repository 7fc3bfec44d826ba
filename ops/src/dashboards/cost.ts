import type { DashboardSpec } from './dashboard.ts';
import { chosenQuestionService, inRange, links, perSecond } from './fragments.ts';

const service = chosenQuestionService;
const day = `max(pipeline_day_cost_usd{${service}})`;
const budget = `max(budget_daily_usd{${service}})`;

/** What is spent, on what, and whether all of it is seen. */
export const cost: DashboardSpec = {
  uid: 'aiq-cost',
  title: 'Cost and budget',
  description:
    'Money for models. Of 24 hours it is what summaries of runs say, commands included; by model it is what servers counted.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Spent, 24 h',
          description: 'Cost of the runs that ended in the last 24 hours.',
          unit: 'usd',
          queries: [{ expr: day, legend: 'spent' }],
          links: [links.runbook('DailyCostOverBudget'), links.runs],
        },
        {
          kind: 'stat',
          title: 'Budget of 24 h',
          description: 'budget.dailyUsd of question-service.',
          unit: 'usd',
          queries: [{ expr: budget, legend: 'budget' }],
          links: [links.runbook('DailyCostOverBudget')],
        },
        {
          kind: 'stat',
          title: 'Share of the budget',
          description: 'Above 1: DailyCostOverBudget.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.8, 'warn'],
            [1, 'bad'],
          ],
          queries: [{ expr: `${day} / ${budget}`, legend: 'spent' }],
          links: [links.runbook('DailyCostOverBudget')],
        },
        {
          kind: 'stat',
          title: 'A question costs',
          description: 'Cost of 24 hours over the questions stored in them.',
          unit: 'usd',
          queries: [
            {
              expr: `${day} / (max(pipeline_day_questions{${service}, step="inserted"}) > 0)`,
              legend: 'per question',
            },
          ],
          links: [links.pipeline],
        },
        {
          kind: 'stat',
          title: 'Unpriced calls',
          description:
            'Calls in the time shown whose cost is not known, and missing here. Above 0: UnpricedModelCalls.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'bad'],
          ],
          queries: [
            {
              expr: `sum(increase(api_unpriced_calls_total{${service}}[$__range]))`,
              legend: 'calls',
            },
          ],
          links: [links.runbook('UnpricedModelCalls')],
        },
        {
          kind: 'stat',
          title: 'Tokens a second',
          description: 'Sent to and written by models.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('gen_ai_client_inference_usage_input_tokens_total', service, 'job'),
              legend: 'input',
            },
            {
              expr: perSecond('gen_ai_client_inference_usage_output_tokens_total', service, 'job'),
              legend: 'output',
            },
          ],
          links: [links.providers],
        },
      ],
    },
    {
      title: 'On what',
      panels: [
        {
          kind: 'timeseries',
          title: 'Spent against the budget',
          description: 'Cost of the last 24 hours, and what it may be.',
          unit: 'usd',
          queries: [
            { expr: day, legend: 'spent' },
            { expr: budget, legend: 'budget' },
          ],
          links: [links.runbook('DailyCostOverBudget')],
        },
        {
          kind: 'timeseries',
          title: 'Cost an hour by provider',
          description: 'At the rate of now.',
          unit: 'usdPerHour',
          queries: [
            {
              expr: `3600 * ${perSecond('api_cost_usd_total', service, 'provider')}`,
              legend: '{{provider}}',
            },
          ],
          links: [links.providers, links.runs],
        },
        {
          kind: 'table',
          title: 'Cost by model and purpose',
          description: 'In the time shown, as servers counted it.',
          unit: 'usd',
          queries: [{ expr: inRange('api_cost_usd_total', service, 'provider, model, purpose') }],
          links: [links.runs],
        },
        {
          kind: 'table',
          title: 'Cost by type of question',
          description: 'In the time shown, as servers counted it.',
          unit: 'usd',
          queries: [{ expr: inRange('api_cost_usd_total', service, 'question_type') }],
          links: [links.pipeline],
        },
        {
          kind: 'timeseries',
          title: 'Input tokens by model',
          description: 'Sent a second, in replies that could not be used too.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond(
                'gen_ai_client_inference_usage_input_tokens_total',
                service,
                'gen_ai_request_model',
              ),
              legend: '{{gen_ai_request_model}}',
            },
          ],
          links: [links.providers],
        },
        {
          kind: 'timeseries',
          title: 'Output tokens by model',
          description: 'Written a second, reasoning included.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond(
                'gen_ai_client_inference_usage_output_tokens_total',
                service,
                'gen_ai_request_model',
              ),
              legend: '{{gen_ai_request_model}}',
            },
          ],
          links: [links.providers],
        },
      ],
    },
  ],
};
