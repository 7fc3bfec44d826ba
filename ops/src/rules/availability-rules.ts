import { anyService, backend, environment, questionService } from '../series/selectors.ts';
import { type AlertSpec, type RuleFile, serviceOfSeries } from './rule.ts';

/** Whether the services are there at all. */
export const availabilityRules = (): RuleFile => ({
  name: 'availability',
  about:
    'Services that are not there. These inhibit what follows from it: see ops/alertmanager/alertmanager.yml.',
  groups: [
    {
      name: 'availability',
      interval: '30s',
      rules: [
        serviceAbsent('aiq-backend', backend),
        serviceAbsent('aiq-question-service', questionService),
        {
          alert: 'InstanceDown',
          severity: 'ticket',
          service: serviceOfSeries,
          expr: () => `up{${anyService}} == 0`,
          for: '5m',
          summary:
            '{{ $labels.job }} ({{ $labels.instance }}) has not answered a scrape for five minutes.',
          description:
            'The other replicas carry its load. Look first at what it logged last and at its restarts.',
          dashboard: 'aiq-overview',
        },
      ],
    },
  ],
});

/** `target_info` is there by either road while a service scrapes or pushes, whether or not it has work. */
function serviceAbsent(service: string, selector: string): AlertSpec {
  return {
    alert: 'ServiceAbsent',
    severity: 'page',
    service,
    expr: (_, { environment: name }) => {
      const only = name === undefined ? '' : `, ${environment}="${name}"`;
      return `absent(target_info{${selector}${only}})`;
    },
    for: '2m',
    summary: `No instance of ${service} can be seen: it is down, or its metrics do not arrive.`,
    description:
      'Look first whether /health/live answers: then metrics are lost, and not the service. All other alerts of this service are held back meanwhile.',
    dashboard: 'aiq-overview',
  };
}
