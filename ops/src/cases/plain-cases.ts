import type { AlertCase } from './alert-case.ts';

const backend = 'job="aiq/aiq-backend", instance="one"';
const service = (instance: string) => `job="aiq/aiq-question-service", instance="${instance}"`;
const backendLabels = { job: 'aiq/aiq-backend', instance: 'one', service: 'aiq-backend' };
const stratum = (instance: string, type: string, difficulty: string) =>
  `inventory_questions{${service(instance)}, question_type="${type}", difficulty="${difficulty}"}`;

const availability: readonly AlertCase[] = [
  {
    name: 'ServiceAbsent is told of the service of which no instance is left, and stops when one is back',
    series: {
      'target_info{job="aiq/aiq-backend", instance="one"}': '1x5 _x20 1x10',
      'target_info{job="aiq/aiq-backend", instance="two"}': '1x5 _x30',
      'target_info{job="aiq/aiq-question-service", instance="one"}': '1x36',
    },
    expected: {
      '9m': { ServiceAbsent: [] },
      '20m': {
        ServiceAbsent: [
          {
            labels: { service: 'aiq-backend' },
            summary:
              'No instance of aiq-backend can be seen: it is down, or its metrics do not arrive.',
          },
        ],
      },
      '30m': { ServiceAbsent: [] },
    },
  },
  {
    name: 'InstanceDown is told of the instance that does not answer, and not of one that is slow once',
    series: {
      'up{job="aiq/aiq-backend", instance="one"}': '1x5 0x10 1x10',
      'up{job="aiq/aiq-backend", instance="two"}': '1x8 0x2 1x20',
      'up{job="node", instance="three"}': '0x30',
    },
    expected: {
      '12m': {
        InstanceDown: [
          {
            labels: backendLabels,
            summary: 'aiq/aiq-backend (one) has not answered a scrape for five minutes.',
          },
        ],
      },
      '20m': { InstanceDown: [] },
    },
  },
];

const inventory: readonly AlertCase[] = [
  {
    name: 'QuestionStratumEmpty is told once of a stratum that all replicas find empty, and stops when it is filled',
    series: {
      [stratum('one', 'logic', 'hard')]: '5x4 0x25 100x20',
      [stratum('two', 'logic', 'hard')]: '5x4 0x25 100x20',
      [stratum('one', 'logic', 'easy')]: '100x50',
    },
    expected: {
      '15m': { QuestionStratumEmpty: [] },
      '25m': {
        QuestionStratumEmpty: [
          {
            labels: { question_type: 'logic', difficulty: 'hard' },
            summary: 'The bank has no hard logic questions: test sessions go on without them.',
          },
        ],
      },
      '40m': { QuestionStratumEmpty: [] },
    },
  },
  {
    name: 'QuestionStratumEmpty is silent while one replica has not read the bank again, and where none can',
    series: {
      [stratum('one', 'math', 'easy')]: '0x40',
      [stratum('two', 'math', 'easy')]: '50x20 _x20',
      [stratum('one', 'math', 'hard')]: '50x4 _x40',
    },
    expected: { '20m': { QuestionStratumEmpty: [] }, '30m': { QuestionStratumEmpty: [] } },
  },
  {
    name: 'QuestionStratumLow is told of a stratum that stays low, and not of one that is empty or holds enough',
    series: {
      [stratum('one', 'spatial', 'medium')]: '12x90 60x30',
      [stratum('one', 'spatial', 'hard')]: '0x120',
      [stratum('one', 'verbal', 'easy')]: '20x120',
    },
    expected: {
      '30m': { QuestionStratumLow: [] },
      '75m': {
        QuestionStratumLow: [
          {
            labels: { question_type: 'spatial', difficulty: 'medium' },
            summary:
              'The bank has only 12 medium spatial questions: the same ones are shown again and again.',
          },
        ],
      },
      '110m': { QuestionStratumLow: [] },
    },
  },
];

const lastSuccess = 'pipeline_last_success_time_seconds';

const runs: readonly AlertCase[] = [
  {
    // Time begins at 0 in these tests: a success "at 0" ages with the clock.
    name: 'NoSuccessfulRun is told 26 hours after the last success, and stops with the next',
    interval: '2m',
    series: {
      // The success at 28 h is seen by the one that reads it; the other has not looked yet.
      [`${lastSuccess}{${service('one')}}`]: '0x839 100800x60',
      [`${lastSuccess}{${service('two')}}`]: '0x900',
    },
    expected: {
      '26h': { NoSuccessfulRun: [] },
      '27h': {
        NoSuccessfulRun: [
          { labels: {}, summary: 'No run of the pipeline has succeeded for 1d 3h 0m 0s.' },
        ],
      },
      '29h': { NoSuccessfulRun: [] },
    },
  },
  {
    name: 'GenerationSuccessLow is told below 80 % of what was requested, by the replica that has read last',
    series: {
      [`pipeline_day_questions{${service('one')}, step="requested"}`]: '360x60',
      [`pipeline_day_questions{${service('one')}, step="generated"}`]: '287x30 288x30',
      [`pipeline_day_questions{${service('two')}, step="requested"}`]: '360x60',
      [`pipeline_day_questions{${service('two')}, step="generated"}`]: '287x30 288x30',
    },
    expected: {
      '25m': {
        GenerationSuccessLow: [
          {
            labels: {},
            summary: 'Only 79.72% of the questions of the last 24 hours were generated.',
          },
        ],
      },
      '50m': { GenerationSuccessLow: [] },
    },
  },
  {
    name: 'GenerationSuccessLow is silent on a day without runs',
    series: {
      [`pipeline_day_questions{${service('one')}, step="requested"}`]: '0x60',
      [`pipeline_day_questions{${service('one')}, step="generated"}`]: '0x60',
    },
    expected: { '50m': { GenerationSuccessLow: [] } },
  },
  {
    name: 'CriticalErrors is told of the first lost run, and stops a quarter of an hour later',
    series: {
      [`pipeline_errors_total{${service('one')}, category="unknown", severity="fatal"}`]:
        '0x4 1x40',
      [`pipeline_errors_total{${service('one')}, category="rate_limit", severity="warning"}`]:
        '0+5x44',
    },
    expected: {
      '4m': { CriticalErrors: [] },
      '6m': {
        CriticalErrors: [
          {
            labels: { category: 'unknown' },
            summary:
              'A run of the pipeline was lost: its process died before it could store a summary.',
          },
        ],
      },
      '30m': { CriticalErrors: [] },
    },
  },
  {
    name: 'CriticalErrors is silent where a service that has lost a run restarts',
    series: {
      [`pipeline_errors_total{${service('one')}, category="unknown", severity="fatal"}`]:
        '3x20 0x20',
    },
    expected: { '18m': { CriticalErrors: [] }, '25m': { CriticalErrors: [] } },
  },
];

const spending: readonly AlertCase[] = [
  {
    name: 'DailyCostOverBudget is told of what is above the budget, once for all replicas',
    series: {
      [`pipeline_day_cost_usd{${service('one')}}`]: '4.99x10 5.005x20 4x10',
      [`pipeline_day_cost_usd{${service('two')}}`]: '4.99x10 5.005x20 4x10',
      [`budget_daily_usd{${service('one')}}`]: '5x40',
      [`budget_daily_usd{${service('two')}}`]: '5x40',
    },
    expected: {
      '9m': { DailyCostOverBudget: [] },
      '20m': {
        DailyCostOverBudget: [
          {
            labels: {},
            summary: 'Runs of the last 24 hours cost 5.00 US dollars: more than the budget.',
          },
        ],
      },
      '38m': { DailyCostOverBudget: [] },
    },
  },
  {
    name: 'UnpricedModelCalls is told by provider, and is silent an hour after the last',
    series: {
      [`api_unpriced_calls_total{${service('one')}, provider="xai"}`]: '0x4 12x100',
      [`api_unpriced_calls_total{${service('one')}, provider="openai"}`]: '0x104',
    },
    expected: {
      '4m': { UnpricedModelCalls: [] },
      '30m': {
        UnpricedModelCalls: [
          {
            labels: { provider: 'xai' },
            summary: 'A model of xai is called whose price is not known: costs are shown too low.',
          },
        ],
      },
      '80m': { UnpricedModelCalls: [] },
    },
  },
  {
    name: 'CircuitBreakerOpen is told while any process has it open or half open, and not of a short trip',
    series: {
      [`circuit_breaker_state_ratio{${service('one')}, provider="openai"}`]:
        '0x4 1x6 2x1 1x10 0x10',
      [`circuit_breaker_state_ratio{${service('two')}, provider="openai"}`]: '0x34',
      [`circuit_breaker_state_ratio{${service('one')}, provider="google"}`]: '0x6 1x2 0x30',
    },
    expected: {
      '4m': { CircuitBreakerOpen: [] },
      '15m': {
        CircuitBreakerOpen: [
          {
            labels: { provider: 'openai' },
            summary: 'The circuit of openai is open: others write and judge in its place.',
          },
        ],
      },
      '30m': { CircuitBreakerOpen: [] },
    },
  },
];

const runtime: readonly AlertCase[] = [
  {
    name: 'EventLoopSlow is told of an instance that stays late, and not of one that was late once',
    series: {
      [`nodejs_eventloop_delay_p99_seconds{${backend}}`]: '0.01x2 0.25x20 0.01x10',
      [`nodejs_eventloop_delay_p99_seconds{${service('one')}}`]: '0.01x5 3x2 0.01x30',
    },
    expected: {
      '12m': {
        EventLoopSlow: [
          {
            labels: backendLabels,
            summary:
              'The event loop of aiq/aiq-backend (one) is late by 250ms: every request waits for it.',
          },
        ],
      },
      '30m': { EventLoopSlow: [] },
    },
  },
  {
    name: 'DatabasePoolSaturated is told of a pool that stays used up, and not of one with room',
    series: {
      [`db_client_connection_count{${backend}, db_client_connection_pool_name="a", db_client_connection_state="used"}`]:
        '10x20 2x20',
      [`db_client_connection_count{${backend}, db_client_connection_pool_name="a", db_client_connection_state="idle"}`]:
        '0x20 8x20',
      [`db_client_connection_max{${backend}, db_client_connection_pool_name="a"}`]: '10x40',
      [`db_client_connection_count{${backend}, db_client_connection_pool_name="b", db_client_connection_state="used"}`]:
        '9x40',
      [`db_client_connection_max{${backend}, db_client_connection_pool_name="b"}`]: '10x40',
    },
    expected: {
      '10m': {
        DatabasePoolSaturated: [
          {
            labels: { ...backendLabels, db_client_connection_pool_name: 'a' },
            summary:
              'aiq/aiq-backend (one) uses 100% of its connections to the database: requests wait for one.',
          },
        ],
      },
      '30m': { DatabasePoolSaturated: [] },
    },
  },
];

const failed = (space: string, noun: string, component: string, reason: string) =>
  `${space}_exporter_${noun}_exported_total{${backend}, otel_component_name="${component}", error_type="${reason}"}`;
const exporting = (component: string, signal: string) => ({
  labels: { ...backendLabels, otel_component_name: component, signal },
  summary: `aiq/aiq-backend (one) keeps failing to send ${signal} to ${component}.`,
});
const queue = (space: string, noun: string, part: 'size' | 'capacity', component: string) =>
  `${space}_processor_${noun}_queue_${part}{${backend}, otel_component_name="${component}"}`;

const telemetry: readonly AlertCase[] = [
  {
    name: 'TelemetrySeriesOverflow is told of records beyond a budget, and stops when there are no more',
    series: { [`aiq_telemetry_series_overflow_total{${backend}}`]: '0x4 70x30' },
    expected: {
      '6m': {
        TelemetrySeriesOverflow: [
          {
            labels: backendLabels,
            summary:
              'aiq/aiq-backend (one) has a metric with more label sets than its budget: new ones share one series.',
          },
        ],
      },
      '25m': { TelemetrySeriesOverflow: [] },
    },
  },
  {
    name: 'TelemetrySeriesOverflow is silent where a service restarts after an overflow',
    series: { [`aiq_telemetry_series_overflow_total{${backend}}`]: '70x20 0x20' },
    expected: { '18m': { TelemetrySeriesOverflow: [] }, '30m': { TelemetrySeriesOverflow: [] } },
  },
  {
    name: 'TelemetryExportFailing is told of each signal and destination that keeps failing',
    series: {
      [failed('otel_sdk', 'span', 'otel', 'timeout')]: '0x2 10+10x40',
      [failed('otel_sdk', 'span', 'otel', 'status_5xx')]: '0x43',
      [failed('otel_sdk', 'metric_data_point', 'otel', 'dns')]: '0x2 10+10x40',
      [failed('otel_sdk', 'log', 'sentry', 'timeout')]: '0x2 10+10x40',
      [failed('aiq_telemetry', 'error', 'sentry', 'status_429')]: '0x2 1+1x40',
    },
    expected: {
      '20m': {
        TelemetryExportFailing: [
          exporting('otel', 'traces'),
          exporting('otel', 'metrics'),
          exporting('sentry', 'logs'),
          exporting('sentry', 'errors'),
        ],
      },
    },
  },
  {
    name: 'TelemetryExportFailing is silent where exports succeed, and for one failure that was made good',
    series: {
      [`otel_sdk_exporter_span_exported_total{${backend}, otel_component_name="otel"}`]: '0+100x40',
      [failed('otel_sdk', 'span', 'otel', 'timeout')]: '0x5 100x40',
    },
    expected: {
      '10m': { TelemetryExportFailing: [] },
      '15m': { TelemetryExportFailing: [] },
      '30m': { TelemetryExportFailing: [] },
    },
  },
  {
    name: 'TelemetryDropped is told of what found no room, and is silent where nothing was dropped lately',
    series: {
      [`aiq_telemetry_dropped_total{${backend}, signal="logs", destination="sentry"}`]:
        '0x4 2952x30',
      [`aiq_telemetry_dropped_total{${backend}, signal="traces", destination="otel"}`]: '0x34',
    },
    expected: {
      '6m': {
        TelemetryDropped: [
          {
            labels: { ...backendLabels, signal: 'logs', destination: 'sentry' },
            summary: 'aiq/aiq-backend (one) dropped logs for sentry: their queue was full.',
          },
        ],
      },
      '25m': { TelemetryDropped: [] },
    },
  },
  {
    name: 'TelemetryQueueNearFull is told of each queue that stays full',
    series: {
      [queue('otel_sdk', 'span', 'size', 'otel')]: '1843x20',
      [queue('otel_sdk', 'span', 'capacity', 'otel')]: '2048x20',
      [queue('aiq_telemetry', 'error', 'size', 'sentry')]: '64x20',
      [queue('aiq_telemetry', 'error', 'capacity', 'sentry')]: '64x20',
    },
    expected: {
      '5m': {
        TelemetryQueueNearFull: [
          {
            labels: { ...backendLabels, otel_component_name: 'otel', signal: 'traces' },
            summary: 'aiq/aiq-backend (one): the queue of traces for otel is 89.99% full.',
          },
          {
            labels: { ...backendLabels, otel_component_name: 'sentry', signal: 'errors' },
            summary: 'aiq/aiq-backend (one): the queue of errors for sentry is 100% full.',
          },
        ],
      },
    },
  },
  {
    name: 'TelemetryQueueNearFull is silent for a short burst, and for half a queue',
    series: {
      [queue('otel_sdk', 'log', 'size', 'otel')]: '0x4 2048 0x20',
      [queue('otel_sdk', 'log', 'capacity', 'otel')]: '2048x30',
      [queue('otel_sdk', 'metric_data_point', 'size', 'sentry')]: '1024x30',
      [queue('otel_sdk', 'metric_data_point', 'capacity', 'sentry')]: '2048x30',
    },
    expected: { '5m': { TelemetryQueueNearFull: [] }, '20m': { TelemetryQueueNearFull: [] } },
  },
];

/** By file of rules. */
export const plainCases: Readonly<Record<string, readonly AlertCase[]>> = {
  availability,
  pipeline: [...inventory, ...runs, ...spending],
  runtime,
  telemetry,
};
