import { stringify } from 'yaml';
import type { Severity } from '../rules/rule.ts';

/** Where its secrets lie as files, one in each: `pagerduty-routing-key`, `slack-webhook-url`, `smtp-password`. */
const secrets = '/etc/alertmanager/secrets';

/** Which receiver takes which severity. What has another one, or none, goes to the fallback. */
export const receivers = {
  page: 'pagerduty',
  ticket: 'slack',
  fallback: 'email',
} as const satisfies Record<Severity | 'fallback', string>;

const text = {
  title: '{{ .CommonLabels.alertname }}: {{ .CommonLabels.service }}',
  lines: [
    '{{ range .Alerts }}{{ .Annotations.summary }}',
    '{{ .Annotations.description }}',
    'Runbook: {{ .Annotations.runbook_url }}',
    'Dashboard: {{ .Annotations.dashboard_url }}',
    '{{ end }}',
  ].join('\n'),
};

/**
 * Alertmanager's configuration: who is told what, and what is not told because something else explains it.
 * It holds addresses only; whoever deploys it mounts the secrets, and replaces the three addresses of e-mail.
 */
export function createAlertmanagerConfig() {
  return {
    global: {
      resolve_timeout: '5m',
      smtp_smarthost: 'smtp.example.com:587',
      smtp_from: 'alertmanager@example.com',
      smtp_auth_username: 'alertmanager@example.com',
      smtp_auth_password_file: `${secrets}/smtp-password`,
      slack_api_url_file: `${secrets}/slack-webhook-url`,
    },
    route: {
      receiver: receivers.fallback,
      // One message for one trouble, however many series tell of it.
      group_by: ['alertname', 'service', 'slo', 'deployment_environment_name'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [
        {
          matchers: ['severity="page"'],
          receiver: receivers.page,
          group_wait: '10s',
          repeat_interval: '1h',
        },
        { matchers: ['severity="ticket"'], receiver: receivers.ticket, repeat_interval: '24h' },
      ],
    },
    inhibit_rules: inhibitions,
    receivers: [
      {
        name: receivers.page,
        pagerduty_configs: [
          {
            routing_key_file: `${secrets}/pagerduty-routing-key`,
            description: text.title,
            severity: 'critical',
            details: { summary: text.lines },
            links: [
              {
                href: '{{ (index .Alerts 0).Annotations.runbook_url }}',
                text: 'Runbook',
              },
              {
                href: '{{ (index .Alerts 0).Annotations.dashboard_url }}',
                text: 'Dashboard',
              },
            ],
          },
        ],
      },
      {
        name: receivers.ticket,
        slack_configs: [
          {
            channel: '#aiq-alerts',
            title: text.title,
            text: text.lines,
            title_link: '{{ (index .Alerts 0).Annotations.dashboard_url }}',
            send_resolved: true,
          },
        ],
      },
      {
        name: receivers.fallback,
        email_configs: [{ to: 'operators@example.com', send_resolved: true }],
      },
    ],
  };
}

const inhibitions = [
  {
    // A service that is not there explains whatever else is said of it.
    source_matchers: ['alertname="ServiceAbsent"'],
    target_matchers: ['alertname!="ServiceAbsent"'],
    equal: ['service'],
  },
  {
    // An instance that does not answer explains what its last samples still say.
    source_matchers: ['alertname="InstanceDown"'],
    target_matchers: ['alertname!="InstanceDown"', 'instance!=""'],
    equal: ['job', 'instance', 'deployment_environment_name'],
  },
  {
    // Whoever is woken for an objective needs no ticket for it.
    source_matchers: ['severity="page"', 'slo!=""'],
    target_matchers: ['severity="ticket"', 'slo!=""'],
    equal: ['slo', 'deployment_environment_name'],
  },
  {
    // Fast burning says it sooner than slow burning, where both are tickets.
    source_matchers: ['alertname=~".+BurnFast"'],
    target_matchers: ['alertname=~".+BurnSlow"'],
    equal: ['slo', 'deployment_environment_name'],
  },
  {
    source_matchers: ['alertname="QuestionStratumEmpty"'],
    target_matchers: ['alertname="QuestionStratumLow"'],
    equal: ['deployment_environment_name', 'question_type', 'difficulty'],
  },
  {
    // Dropped because its export fails, or its queue is full: one cause, told once.
    source_matchers: ['alertname="TelemetryExportFailing"'],
    target_matchers: ['alertname=~"TelemetryDropped|TelemetryQueueNearFull"'],
    equal: ['job', 'instance', 'signal', 'deployment_environment_name'],
  },
];

/** As it is committed. */
export function writeAlertmanagerConfig(): string {
  const head =
    '# Who is told what. Made by `npx pnpm@12 ops:generate` from ops/src/alertmanager.\n' +
    `# Mount the secrets at ${secrets}: pagerduty-routing-key, slack-webhook-url, smtp-password. None is in here.\n`;
  return (
    head + stringify(createAlertmanagerConfig(), { lineWidth: 0, aliasDuplicateObjects: false })
  );
}
