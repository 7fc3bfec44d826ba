import { type TelemetrySignal, telemetrySignals } from '../series/telemetry-signals.ts';
import type { DashboardSpec } from './dashboard.ts';
import { allLines, anyChosen, links } from './fragments.ts';
import type { PanelSpec } from './panel.ts';

const exported = ({ space, noun }: TelemetrySignal): string =>
  `${space}_exporter_${noun}_exported_total`;

const exportsOf = (each: TelemetrySignal): PanelSpec => ({
  kind: 'timeseries',
  title: `Exports: ${each.signal}`,
  description:
    'Items a second, by destination; with a reason they failed. Failing for ten minutes: TelemetryExportFailing.',
  unit: 'perSecond',
  queries: [
    {
      expr: `sum by (job, otel_component_name, error_type) (rate(${exported(each)}{${anyChosen}}[$__rate_interval]))`,
      legend: '{{job}} {{otel_component_name}} {{error_type}}',
    },
  ],
  links: [links.runbook('TelemetryExportFailing'), links.errorLogs],
  width: 6,
});

const queueOf = ({ signal, space, noun }: TelemetrySignal): PanelSpec => ({
  kind: 'timeseries',
  title: `Queue: ${signal}`,
  description:
    'Share that is full, by destination. Above 0.8: TelemetryQueueNearFull; full, its items are dropped.',
  unit: 'share',
  max: 1,
  queries: [
    {
      expr: `${space}_processor_${noun}_queue_size{${anyChosen}} / ${space}_processor_${noun}_queue_capacity`,
      legend: '{{job}} {{instance}} {{otel_component_name}}',
    },
  ],
  links: [links.runbook('TelemetryQueueNearFull'), links.errorLogs],
  width: 8,
});

/** Does what is measured arrive. */
export const telemetry: DashboardSpec = {
  uid: 'aiq-telemetry',
  title: 'Telemetry health',
  description:
    'What the library says of its own exports, queues and series. Requests are never affected by them.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Oldest delivery',
          description: 'Time since the last batch arrived, of the worst signal and destination.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [120, 'warn'],
            [600, 'bad'],
          ],
          queries: [
            {
              expr: `time() - min(aiq_telemetry_last_success_time_seconds{${anyChosen}})`,
              legend: 'ago',
            },
          ],
          links: [links.runbook('TelemetryExportFailing')],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Dropped',
          description:
            'Items that found no room in their queue, in the time shown. Above 0: TelemetryDropped.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'bad'],
          ],
          queries: [
            {
              expr: `sum(increase(aiq_telemetry_dropped_total{${anyChosen}}[$__range]))`,
              legend: 'items',
            },
          ],
          links: [links.runbook('TelemetryDropped')],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Refused',
          description:
            'Calls in the time shown that were not recorded as they were given: a defect of a caller.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'warn'],
          ],
          queries: [
            {
              expr: `sum(increase(aiq_telemetry_refused_total{${anyChosen}}[$__range]))`,
              legend: 'calls',
            },
          ],
          links: [links.errorLogs],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Beyond the series budget',
          description:
            'Records of new label sets in the time shown that share one series. Above 0: TelemetrySeriesOverflow.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'bad'],
          ],
          queries: [
            {
              expr: `sum(increase(aiq_telemetry_series_overflow_total{${anyChosen}}[$__range]))`,
              legend: 'records',
            },
          ],
          links: [links.runbook('TelemetrySeriesOverflow')],
          width: 6,
        },
      ],
    },
    {
      title: 'Exports',
      panels: telemetrySignals.map(exportsOf),
    },
    {
      title: 'Queues and losses',
      panels: [
        // Metrics for OpenTelemetry have no queue.
        ...telemetrySignals.filter(({ signal }) => signal !== 'metrics').map(queueOf),
        {
          kind: 'timeseries',
          title: 'Dropped by signal',
          description: 'Items a second that found no room, by signal and destination.',
          unit: 'perSecond',
          queries: [
            {
              expr: `sum by (job, signal, destination) (rate(aiq_telemetry_dropped_total{${anyChosen}}[$__rate_interval]))`,
              legend: '{{job}} {{signal}} {{destination}}',
            },
          ],
          links: [links.runbook('TelemetryDropped')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Refused by reason',
          description: 'Calls a second that were not recorded as they were given.',
          unit: 'perSecond',
          queries: [
            {
              expr: `sum by (job, reason) (rate(aiq_telemetry_refused_total{${anyChosen}}[$__rate_interval]))`,
              legend: '{{job}} {{reason}}',
            },
          ],
          links: [links.errorLogs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Outgoing requests',
          description: '95 of 100 take less, by server: exports, reports and models.',
          unit: 'seconds',
          queries: [
            {
              expr: `histogram_quantile(0.95, sum by (le, job, server_address) (rate(http_client_request_duration_seconds_bucket{${anyChosen}}[$__rate_interval])))`,
              legend: '{{job}} {{server_address}}',
              exemplars: true,
            },
          ],
          links: [links.failedCalls],
          width: 8,
        },
        {
          kind: 'logs',
          title: 'What telemetry says of itself',
          description: 'Log lines of all services that speak of telemetry.',
          unit: 'text',
          queries: [{ expr: `${allLines('aiq-.+')} |= \`telemetry\`` }],
          links: [links.errorLogs],
          width: 24,
        },
      ],
    },
  ],
};
