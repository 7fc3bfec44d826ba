import { anyService, environment } from '../series/selectors.ts';
import { type RuleFile, serviceOfSeries } from './rule.ts';

const byInstance = `by (${environment}, job, instance)`;
const byPool = `by (${environment}, job, instance, db_client_connection_pool_name)`;

/** What makes a service slow before its users notice. */
export const runtimeRules = (): RuleFile => ({
  name: 'runtime',
  about: 'Event loop and connections to the database, of every service.',
  groups: [
    {
      name: 'runtime',
      interval: '30s',
      rules: [
        {
          alert: 'EventLoopSlow',
          severity: 'ticket',
          service: serviceOfSeries,
          expr: () => `max ${byInstance} (nodejs_eventloop_delay_p99_seconds{${anyService}}) > 0.2`,
          for: '5m',
          summary:
            'The event loop of {{ $labels.job }} ({{ $labels.instance }}) is late by {{ $value | humanizeDuration }}: every request waits for it.',
          description:
            'One process computes without pause. Look first at its utilization and at what was deployed or started.',
          dashboard: 'aiq-backend',
        },
        {
          alert: 'DatabasePoolSaturated',
          severity: 'ticket',
          service: serviceOfSeries,
          expr: () =>
            [
              `sum ${byPool} (db_client_connection_count{${anyService}, db_client_connection_state="used"})`,
              `/ sum ${byPool} (db_client_connection_max{${anyService}}) > 0.9`,
            ].join('\n'),
          for: '5m',
          summary:
            '{{ $labels.job }} ({{ $labels.instance }}) uses {{ $value | humanizePercentage }} of its connections to the database: requests wait for one.',
          description:
            'Slow queries or more work than the pool is for. Look first at the duration of queries by table.',
          dashboard: 'aiq-backend',
        },
      ],
    },
  ],
});
