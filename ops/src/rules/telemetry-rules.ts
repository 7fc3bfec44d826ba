import { anyService, environment } from '../series/selectors.ts';
import { type TelemetrySignal, telemetrySignals } from '../series/telemetry-signals.ts';
import { type AlertSpec, type RuleFile, serviceOfSeries } from './rule.ts';

/** One comparison for each signal, told apart by a label: they are different metrics. */
const eachSignal = (comparison: string, value: (signal: TelemetrySignal) => string): string =>
  telemetrySignals
    .map(
      (each) => `label_replace(${value(each)}, "signal", "${each.signal}", "", "") ${comparison}`,
    )
    .join('\nor ');

const byInstance = `by (${environment}, job, instance)`;
const byComponent = `by (${environment}, job, instance, otel_component_name)`;
const instance = '{{ $labels.job }} ({{ $labels.instance }})';

const alerts: readonly AlertSpec[] = [
  {
    alert: 'TelemetrySeriesOverflow',
    severity: 'ticket',
    service: serviceOfSeries,
    expr: (time) =>
      `sum ${byInstance} (increase(aiq_telemetry_series_overflow_total{${anyService}}[${time.length('15m')}])) > 0`,
    summary: `${instance} has a metric with more label sets than its budget: new ones share one series.`,
    description:
      'Sums stay right, sums by label do not. Look first which metric has the most series.',
    dashboard: 'aiq-telemetry',
  },
  {
    // Series with a reason are there at 0 from the start, so that the first failure counts.
    alert: 'TelemetryExportFailing',
    severity: 'ticket',
    service: serviceOfSeries,
    expr: (time) =>
      eachSignal(
        '> 0',
        ({ space, noun }) =>
          `sum ${byComponent} (increase(${space}_exporter_${noun}_exported_total{${anyService}, error_type!=""}[${time.length('10m')}]))`,
      ),
    for: '10m',
    summary: `${instance} keeps failing to send {{ $labels.signal }} to {{ $labels.otel_component_name }}.`,
    description:
      'Requests are not affected; spans, logs and errors that failed are lost. Look first at the reason.',
    dashboard: 'aiq-telemetry',
  },
  {
    alert: 'TelemetryDropped',
    severity: 'ticket',
    service: serviceOfSeries,
    expr: (time) =>
      `sum by (${environment}, job, instance, signal, destination) (increase(aiq_telemetry_dropped_total{${anyService}}[${time.length('10m')}])) > 0`,
    summary: `${instance} dropped {{ $labels.signal }} for {{ $labels.destination }}: their queue was full.`,
    description:
      'Requests are not affected; what found no room is lost. Look first whether its exports work.',
    dashboard: 'aiq-telemetry',
  },
  {
    alert: 'TelemetryQueueNearFull',
    severity: 'ticket',
    service: serviceOfSeries,
    expr: () =>
      eachSignal(
        '> 0.8',
        ({ space, noun }) =>
          `${space}_processor_${noun}_queue_size{${anyService}} / ${space}_processor_${noun}_queue_capacity`,
      ),
    for: '2m',
    summary: `${instance}: the queue of {{ $labels.signal }} for {{ $labels.otel_component_name }} is {{ $value | humanizePercentage }} full.`,
    description:
      'Soon its signal will be dropped. Look first at how long an export takes, and whether it works.',
    dashboard: 'aiq-telemetry',
  },
];

/** What the library says of its own work. */
export const telemetryRules = (): RuleFile => ({
  name: 'telemetry',
  about: 'What the library says of its own work (docs/telemetry.md, "every service").',
  groups: [{ name: 'telemetry', interval: '30s', rules: alerts }],
});
