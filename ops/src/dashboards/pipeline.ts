import type { DashboardSpec } from './dashboard.ts';
import {
  chosenQuestionService,
  inRange,
  links,
  perSecond,
  quantile,
  runLines,
} from './fragments.ts';

const service = chosenQuestionService;
const day = (step: string): string => `max(pipeline_day_questions{${service}, step="${step}"})`;

/** Does the bank fill, and if not, at which stage. */
export const pipeline: DashboardSpec = {
  uid: 'aiq-pipeline',
  title: 'Question pipeline',
  description:
    'Runs, questions and the bank. Numbers of 24 hours are from the table of runs, commands included.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Last successful run',
          description: 'Time since a run succeeded last. Above 26 hours: NoSuccessfulRun.',
          unit: 'seconds',
          steps: [
            [null, 'good'],
            [86_400, 'warn'],
            [93_600, 'bad'],
          ],
          queries: [
            { expr: `time() - max(pipeline_last_success_time_seconds{${service}})`, legend: 'ago' },
          ],
          links: [links.runbook('NoSuccessfulRun'), links.runs],
        },
        {
          kind: 'stat',
          title: 'Generated, 24 h',
          description:
            'Share of the requested questions that providers wrote. Below 0.8: GenerationSuccessLow.',
          unit: 'share',
          steps: [
            [null, 'bad'],
            [0.8, 'warn'],
            [0.95, 'good'],
          ],
          queries: [
            { expr: `${day('generated')} / (${day('requested')} > 0)`, legend: 'generated' },
          ],
          links: [links.runbook('GenerationSuccessLow'), links.providers],
        },
        {
          kind: 'stat',
          title: 'Stored, 24 h',
          description:
            'Share of the requested questions that are in the bank now: not rejected, and no duplicates.',
          unit: 'share',
          steps: [
            [null, 'warn'],
            [0.5, 'good'],
          ],
          queries: [{ expr: `${day('inserted')} / (${day('requested')} > 0)`, legend: 'stored' }],
          links: [links.pipelineLogs],
        },
        {
          kind: 'stat',
          title: 'Runs that did not succeed, 24 h',
          description: 'Runs that failed, were partial or interrupted.',
          unit: 'count',
          steps: [
            [null, 'good'],
            [1, 'warn'],
            [3, 'bad'],
          ],
          queries: [
            {
              expr: `sum(max by (outcome) (pipeline_day_runs{${service}, outcome!="succeeded"}))`,
              legend: 'runs',
            },
          ],
          links: [links.runs, links.runbook('CriticalErrors')],
        },
        {
          kind: 'stat',
          title: 'Least stratum',
          description:
            'Fewest active questions of any type and difficulty. 0: QuestionStratumEmpty.',
          unit: 'count',
          steps: [
            [null, 'bad'],
            [1, 'warn'],
            [20, 'good'],
          ],
          queries: [
            {
              expr: `min(max by (question_type, difficulty) (inventory_questions{${service}}))`,
              legend: 'questions',
            },
          ],
          links: [links.runbook('QuestionStratumEmpty')],
        },
        {
          kind: 'stat',
          title: 'Questions in the bank',
          description: 'Active questions of all strata.',
          unit: 'count',
          queries: [
            {
              expr: `sum(max by (question_type, difficulty) (inventory_questions{${service}}))`,
              legend: 'active',
            },
          ],
          links: [links.sessions],
        },
      ],
    },
    {
      title: 'Runs and questions',
      panels: [
        {
          kind: 'timeseries',
          title: 'Runs of the last 24 hours',
          description: 'By outcome, from the table of runs.',
          unit: 'count',
          queries: [
            { expr: `max by (outcome) (pipeline_day_runs{${service}})`, legend: '{{outcome}}' },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'How far questions came, 24 hours',
          description:
            'Requested, generated, approved, inserted. A wide step is the stage to look at.',
          unit: 'count',
          queries: [
            { expr: `max by (step) (pipeline_day_questions{${service}})`, legend: '{{step}}' },
          ],
          links: [links.runs, links.runbook('GenerationSuccessLow')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Duration of runs',
          description: 'Half of the runs, and 95 of 100, take less.',
          unit: 'seconds',
          queries: [
            { expr: quantile(0.5, 'pipeline_run_duration_seconds', service), legend: 'p50' },
            {
              expr: quantile(0.95, 'pipeline_run_duration_seconds', service),
              legend: 'p95',
              exemplars: true,
            },
          ],
          links: [links.runs],
          width: 8,
        },
      ],
    },
    {
      title: 'Causes',
      panels: [
        {
          kind: 'timeseries',
          title: 'p95 of stages',
          description: 'Time that a batch spends in a stage.',
          unit: 'seconds',
          queries: [
            {
              expr: quantile(0.95, 'pipeline_stage_duration_seconds', service, 'stage'),
              legend: '{{stage}}',
              exemplars: true,
            },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Errors by category',
          description: 'Errors that runs met, overcome or not, a second.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('pipeline_errors_total', service, 'category, severity'),
              legend: '{{category}} {{severity}}',
            },
          ],
          links: [links.failedCalls, links.pipelineLogs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Retries by stage',
          description: 'Attempts after the first, a second.',
          unit: 'perSecond',
          queries: [
            { expr: perSecond('pipeline_retries_total', service, 'stage'), legend: '{{stage}}' },
          ],
          links: [links.failedCalls, links.providers],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Rejected by reason',
          description: 'Questions that judges rejected in the time shown.',
          unit: 'count',
          queries: [
            { expr: inRange('questions_rejected_total', service, 'question_type, reason') },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Duplicates',
          description:
            'Approved questions that the bank or the run already had, in the time shown.',
          unit: 'count',
          queries: [
            { expr: inRange('questions_duplicates_total', service, 'question_type, kind') },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Bank by stratum',
          description: 'Active questions. Below 20: QuestionStratumLow.',
          unit: 'count',
          queries: [
            { expr: `max by (question_type, difficulty) (inventory_questions{${service}})` },
          ],
          links: [links.runbook('QuestionStratumLow')],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Scores of judged questions',
          description: 'Half of the judged questions score less, by type. The threshold is 0.7.',
          unit: 'share',
          max: 1,
          queries: [
            {
              expr: quantile(0.5, 'judge_score', service, 'question_type'),
              legend: '{{question_type}}',
            },
          ],
          links: [links.runs],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Reports to the backend',
          description:
            'By outcome, a second. What is not accepted stays in the outbox and is tried again.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('pipeline_reports_total', service, 'outcome'),
              legend: '{{outcome}}',
            },
          ],
          links: [links.pipelineLogs, links.backend],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Cache of embeddings',
          description: 'Questions whose embedding was there, and was not, a second.',
          unit: 'perSecond',
          queries: [
            { expr: perSecond('embedding_cache_hits_total', service, 'job'), legend: 'hit' },
            { expr: perSecond('embedding_cache_misses_total', service, 'job'), legend: 'miss' },
          ],
          links: [links.providers],
          width: 8,
        },
        {
          kind: 'logs',
          title: 'Log lines of runs',
          description: 'What question-service says of its runs.',
          unit: 'text',
          queries: [{ expr: runLines }],
          links: [links.pipelineLogs],
          width: 24,
        },
      ],
    },
  ],
};
