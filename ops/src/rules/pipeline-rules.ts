import { environment, questionService } from '../series/selectors.ts';
import type { AlertSpec, RuleFile } from './rule.ts';

const service = 'aiq-question-service';

/** Every replica reads these from the database, or from one configuration: `max` makes one series of them. */
const shared = (series: string, by = ''): string =>
  `max by (${environment}${by}) (${series.includes('{') ? series.replace('{', `{${questionService}, `) : `${series}{${questionService}}`})`;

const stock = shared('inventory_questions', ', question_type, difficulty');

/** Stock below which the same questions are met again and again. */
const stockMin = 20;

const inventory: readonly AlertSpec[] = [
  {
    alert: 'QuestionStratumEmpty',
    severity: 'page',
    service,
    expr: () => `${stock} == 0`,
    for: '15m',
    summary:
      'The bank has no {{ $labels.difficulty }} {{ $labels.question_type }} questions: test sessions go on without them.',
    description:
      'Scores are less exact and content is less balanced. Look first whether a run has it planned, then start one.',
    dashboard: 'aiq-pipeline',
  },
  {
    alert: 'QuestionStratumLow',
    severity: 'ticket',
    service,
    expr: () => `${stock} < ${stockMin} > 0`,
    for: '1h',
    summary:
      'The bank has only {{ $value }} {{ $labels.difficulty }} {{ $labels.question_type }} questions: the same ones are shown again and again.',
    description: 'Look first at what strata lack, then start a run that balances them.',
    dashboard: 'aiq-pipeline',
  },
];

const runs: readonly AlertSpec[] = [
  {
    alert: 'NoSuccessfulRun',
    severity: 'ticket',
    service,
    expr: (time) =>
      `time() - ${shared('pipeline_last_success_time_seconds')} > ${time.seconds('26h')}`,
    for: '10m',
    summary: 'No run of the pipeline has succeeded for {{ $value | humanizeDuration }}.',
    description:
      'The nightly run did not start, or did not end well. Look first at the list of runs.',
    dashboard: 'aiq-pipeline',
  },
  {
    alert: 'GenerationSuccessLow',
    severity: 'ticket',
    service,
    expr: () =>
      [
        shared('pipeline_day_questions{step="generated"}'),
        `/ (${shared('pipeline_day_questions{step="requested"}')} > 0) < 0.8`,
      ].join('\n'),
    for: '15m',
    summary:
      'Only {{ $value | humanizePercentage }} of the questions of the last 24 hours were generated.',
    description:
      'Providers fail, or runs stop early. Look first at the summary of the latest run: what failed, and why.',
    dashboard: 'aiq-pipeline',
  },
  {
    alert: 'CriticalErrors',
    severity: 'ticket',
    service,
    expr: (time) =>
      `sum by (${environment}, category) (increase(pipeline_errors_total{${questionService}, severity="fatal"}[${time.length('15m')}])) > 0`,
    summary: 'A run of the pipeline was lost: its process died before it could store a summary.',
    description:
      'What it stored stays, and the queue starts it again. Look first at the last log lines of the worker.',
    dashboard: 'aiq-pipeline',
  },
];

const spending: readonly AlertSpec[] = [
  {
    alert: 'DailyCostOverBudget',
    // It goes on costing while nobody looks.
    severity: 'page',
    service,
    expr: () => `${shared('pipeline_day_cost_usd')} > ${shared('budget_daily_usd')}`,
    for: '5m',
    summary:
      'Runs of the last 24 hours cost {{ printf "%.2f" $value }} US dollars: more than the budget.',
    description:
      'Look first which run and which model it was, and stop what still runs. Nothing stops by itself.',
    dashboard: 'aiq-cost',
  },
  {
    alert: 'UnpricedModelCalls',
    severity: 'ticket',
    service,
    expr: (time) =>
      `sum by (${environment}, provider) (increase(api_unpriced_calls_total{${questionService}}[${time.length('1h')}])) > 0`,
    summary:
      'A model of {{ $labels.provider }} is called whose price is not known: costs are shown too low.',
    description: 'Budget and ceilings do not see these calls. Look first which model has no price.',
    dashboard: 'aiq-cost',
  },
  {
    alert: 'CircuitBreakerOpen',
    severity: 'ticket',
    service,
    expr: () =>
      `max by (${environment}, provider) (circuit_breaker_state_ratio{${questionService}}) > 0`,
    for: '5m',
    summary: 'The circuit of {{ $labels.provider }} is open: others write and judge in its place.',
    description:
      'It kept failing. Look first at the reason of its failures; it stays open until a run tries it again.',
    dashboard: 'aiq-providers',
  },
];

/** Stock, runs, money and providers: what question-service says of itself. */
export const pipelineRules = (): RuleFile => ({
  name: 'pipeline',
  about: 'The bank of questions and the runs that fill it.',
  groups: [
    { name: 'inventory', interval: '1m', rules: inventory },
    { name: 'runs', interval: '1m', rules: runs },
    { name: 'spending', interval: '1m', rules: spending },
  ],
});
