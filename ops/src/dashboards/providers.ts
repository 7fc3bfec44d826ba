import type { DashboardSpec } from './dashboard.ts';
import { chosenQuestionService, inRange, links, perSecond, quantile } from './fragments.ts';

const service = chosenQuestionService;
const calls = 'gen_ai_client_inference_duration_seconds';
const callRate = (more: string, by: string): string =>
  `sum by (${by}) (rate(${calls}_count{${service}${more}}[$__rate_interval]))`;
const provider = 'gen_ai_provider_name';

/** How each provider of models does. */
export const providers: DashboardSpec = {
  uid: 'aiq-providers',
  title: 'Provider performance',
  description: 'Batches, calls, failures, circuits and fallbacks of each provider of models.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Circuits',
          description:
            '0 closed, 1 open, 2 half open, of the worst process. Not closed for five minutes: CircuitBreakerOpen.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'bad'],
            [2, 'warn'],
          ],
          queries: [
            {
              expr: `max by (provider) (circuit_breaker_state_ratio{${service}})`,
              legend: '{{provider}}',
            },
          ],
          links: [links.runbook('CircuitBreakerOpen')],
          width: 8,
        },
        {
          kind: 'stat',
          title: 'Calls that fail',
          description: 'Share of attempts at models, by provider.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.05, 'warn'],
            [0.2, 'bad'],
          ],
          queries: [
            {
              expr: `(${callRate(', error_type!=""', provider)} or 0 * ${callRate('', provider)}) / (${callRate('', provider)} > 0)`,
              legend: '{{gen_ai_provider_name}}',
            },
          ],
          links: [links.failedCalls],
          width: 8,
        },
        {
          kind: 'stat',
          title: 'Questions not written',
          description: 'Share of the questions of the time shown that no provider wrote.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.05, 'warn'],
            [0.2, 'bad'],
          ],
          queries: [
            {
              expr: `sum(increase(generation_questions_total{${service}, outcome="failed"}[$__range])) / (sum(increase(generation_questions_total{${service}}[$__range])) > 0)`,
              legend: 'failed',
            },
          ],
          links: [links.slo, links.runbook('GenerationSuccessBurnFast')],
          width: 8,
        },
      ],
    },
    {
      title: 'Calls',
      panels: [
        {
          kind: 'timeseries',
          title: 'Attempts at models',
          description: 'A second, by model.',
          unit: 'perSecond',
          queries: [
            { expr: callRate('', 'gen_ai_request_model'), legend: '{{gen_ai_request_model}}' },
          ],
          links: [links.cost],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Attempts by error',
          description: 'A second, by provider and error; without one they succeeded.',
          unit: 'perSecond',
          queries: [
            {
              expr: callRate('', `${provider}, error_type`),
              legend: '{{gen_ai_provider_name}} {{error_type}}',
            },
          ],
          links: [links.failedCalls],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'p95 of attempts',
          description: '95 of 100 attempts take less, by model.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(0.95, calls, service, 'gen_ai_request_model'),
              legend: '{{gen_ai_request_model}}',
              exemplars: true,
            },
          ],
          links: [links.failedCalls],
          width: 8,
        },
      ],
    },
    {
      title: 'Batches and fallbacks',
      panels: [
        {
          kind: 'timeseries',
          title: 'Batches by outcome',
          description: 'Batches asked of a provider, a second; `ok` or its error.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('provider_requests_total', service, 'provider, outcome'),
              legend: '{{provider}} {{outcome}}',
            },
          ],
          links: [links.failedCalls, links.runbook('GenerationSuccessLow')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'p95 of batches',
          description: '95 of 100 batches take less, all attempts included.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(0.95, 'provider_request_duration_seconds', service, 'provider'),
              legend: '{{provider}}',
              exemplars: true,
            },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Fallbacks',
          description:
            'Work handed on to the next provider, a second, by what the first failed with.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('provider_fallbacks_total', service, 'provider, purpose, reason'),
              legend: '{{provider}} {{purpose}} {{reason}}',
            },
          ],
          links: [links.failedCalls, links.runbook('CircuitBreakerOpen')],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Circuits that opened',
          description: 'In the time shown.',
          unit: 'count',
          queries: [{ expr: inRange('circuit_breaker_trips_total', service, 'provider') }],
          links: [links.runbook('CircuitBreakerOpen')],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Surplus and malformed items',
          description: 'Items of a provider that could not be used, in the time shown.',
          unit: 'count',
          queries: [{ expr: inRange('questions_discarded_total', service, 'provider') }],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Approved by author',
          description: 'Questions that judges approved in the time shown, by who wrote them.',
          unit: 'count',
          queries: [{ expr: inRange('questions_approved_total', service, 'provider') }],
          links: [links.pipeline],
          width: 8,
        },
      ],
    },
  ],
};
