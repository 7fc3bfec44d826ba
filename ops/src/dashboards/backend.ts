import { userRequests } from '../series/selectors.ts';
import { chosen, type DashboardSpec } from './dashboard.ts';
import {
  anyChosen,
  chosenBackend,
  failedTraces,
  failureShare,
  links,
  perSecond,
  quantile,
  requestRate,
} from './fragments.ts';

const users = `${chosen}, ${userRequests}`;
const instance = 'job, instance';
const pool = 'job, instance, db_client_connection_pool_name';

/** RED by route, database and runtime. */
export const backendDashboard: DashboardSpec = {
  uid: 'aiq-backend',
  title: 'Backend',
  description:
    'Requests, errors and durations by route; then the database and the runtime, which make them so.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Requests of test takers',
          description: 'Answered a second, without probes and scrapes.',
          unit: 'requests',
          queries: [{ expr: requestRate(users, 'job'), legend: '{{job}}' }],
          links: [links.overview],
        },
        {
          kind: 'stat',
          title: 'Failed',
          description: 'Share that was answered with a 5xx. The objective allows 0.1 %.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.001, 'warn'],
            [0.0144, 'bad'],
          ],
          queries: [{ expr: failureShare(users), legend: 'failed' }],
          links: [links.failedRequests, links.runbook('ApiAvailabilityBurnFast')],
        },
        {
          kind: 'stat',
          title: 'p99',
          description: 'What 99 of 100 stay below. The objective is 0.5 s.',
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
          links: [links.slowRequests, links.runbook('ApiLatencyBurnFast')],
        },
        {
          kind: 'stat',
          title: 'In flight',
          description: 'Requests that are being answered. A number that only grows is a hang.',
          unit: 'count',
          queries: [{ expr: `sum(http_server_active_requests{${chosenBackend}})`, legend: 'now' }],
          links: [links.slowRequests],
        },
        {
          kind: 'stat',
          title: 'Connections used',
          description:
            'Share of the pool, of the fullest instance. Above 0.9: DatabasePoolSaturated.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.7, 'warn'],
            [0.9, 'bad'],
          ],
          queries: [
            {
              expr: `max(sum by (${pool}) (db_client_connection_count{${anyChosen}, db_client_connection_state="used"}) / sum by (${pool}) (db_client_connection_max{${anyChosen}}))`,
              legend: 'used',
            },
          ],
          links: [links.runbook('DatabasePoolSaturated')],
        },
        {
          kind: 'stat',
          title: 'Event loop delay, p99',
          description: 'Of the latest instance. Above 0.2 s: EventLoopSlow.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [0.1, 'warn'],
            [0.2, 'bad'],
          ],
          queries: [
            { expr: `max(nodejs_eventloop_delay_p99_seconds{${anyChosen}})`, legend: 'delay' },
          ],
          links: [links.runbook('EventLoopSlow')],
        },
      ],
    },
    {
      title: 'Requests, errors, durations by route',
      panels: [
        {
          kind: 'timeseries',
          title: 'Requests by route',
          description: 'Requests answered a second, by route template.',
          unit: 'requests',
          queries: [{ expr: requestRate(chosenBackend, 'http_route'), legend: '{{http_route}}' }],
          links: [links.slowRequests],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Failed requests by route',
          description: 'Share answered with a 5xx, by route template.',
          unit: 'share',
          queries: [{ expr: failureShare(chosenBackend, 'http_route'), legend: '{{http_route}}' }],
          links: [links.failedRequests, links.backendErrorLogs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'p99 by route',
          description:
            '99 of 100 requests are answered within this time, by route template. A dot is a trace.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(
                0.99,
                'http_server_request_duration_seconds',
                chosenBackend,
                'http_route',
              ),
              legend: '{{http_route}}',
              exemplars: true,
            },
          ],
          links: [links.slowRequests],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Answers by status',
          description: 'Requests a second by status code: 4xx is the caller, 5xx is us.',
          unit: 'requests',
          queries: [
            {
              expr: requestRate(chosenBackend, 'http_response_status_code'),
              legend: '{{http_response_status_code}}',
            },
          ],
          links: [links.failedRequests],
        },
        {
          kind: 'timeseries',
          title: 'Errors by code',
          description:
            'Requests answered with an error, a second, by its code (apps/backend/src/problem).',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('app_errors_total', chosenBackend, 'error_type'),
              legend: '{{error_type}}',
            },
          ],
          links: [links.failedRequests, links.backendErrorLogs],
        },
        {
          kind: 'traces',
          title: 'Failed requests',
          description: 'The newest traces of the backend that hold an error.',
          unit: 'text',
          queries: [{ expr: failedTraces('aiq-backend') }],
          links: [links.failedRequests],
          width: 24,
        },
      ],
    },
    {
      title: 'Database',
      panels: [
        {
          kind: 'timeseries',
          title: 'Queries',
          description: 'Queries a second, by table.',
          unit: 'perSecond',
          queries: [
            {
              expr: `sum by (db_collection_name) (rate(db_client_operation_duration_seconds_count{${chosenBackend}}[$__rate_interval]))`,
              legend: '{{db_collection_name}}',
            },
          ],
          links: [links.slowRequests],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'p95 of queries',
          description: '95 of 100 queries take less, by operation and table.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(
                0.95,
                'db_client_operation_duration_seconds',
                chosenBackend,
                'db_operation_name, db_collection_name',
              ),
              legend: '{{db_operation_name}} {{db_collection_name}}',
              exemplars: true,
            },
          ],
          links: [links.slowRequests, links.runbook('DatabasePoolSaturated')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Connections',
          description:
            'Connections by state, and requests that wait for one. Waiting for long: DatabasePoolSaturated.',
          unit: 'count',
          queries: [
            {
              expr: `sum by (${instance}, db_client_connection_state) (db_client_connection_count{${chosenBackend}})`,
              legend: '{{instance}} {{db_client_connection_state}}',
            },
            {
              expr: `sum by (${instance}) (db_client_connection_pending_requests{${chosenBackend}})`,
              legend: '{{instance}} waiting',
            },
          ],
          links: [links.runbook('DatabasePoolSaturated')],
          width: 8,
        },
      ],
    },
    {
      title: 'Runtime',
      panels: [
        {
          kind: 'timeseries',
          title: 'Utilization of the event loop',
          description:
            'Share of time that the loop was busy, by instance. Near 1 a process is at its limit.',
          unit: 'share',
          max: 1,
          queries: [
            {
              expr: `max by (${instance}) (nodejs_eventloop_utilization_ratio{${chosenBackend}})`,
              legend: '{{instance}}',
            },
          ],
          links: [links.runbook('EventLoopSlow')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Heap',
          description: 'Memory that V8 uses for objects, by instance. A saw that climbs is a leak.',
          unit: 'bytes',
          queries: [
            {
              expr: `sum by (${instance}) (v8js_memory_heap_used_bytes{${chosenBackend}})`,
              legend: '{{instance}}',
            },
          ],
          links: [links.backendErrorLogs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Time in garbage collection',
          description: 'Share of time, by kind of collection.',
          unit: 'share',
          queries: [
            {
              expr: `sum by (v8js_gc_type) (rate(v8js_gc_duration_seconds_sum{${chosenBackend}}[$__rate_interval]))`,
              legend: '{{v8js_gc_type}}',
            },
          ],
          links: [links.runbook('EventLoopSlow')],
          width: 8,
        },
      ],
    },
  ],
};
