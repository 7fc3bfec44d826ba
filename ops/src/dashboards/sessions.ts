import type { DashboardSpec } from './dashboard.ts';
import { chosenBackend, inRange, links, perSecond, quantile } from './fragments.ts';

const ended = (end: string): string =>
  `sum(increase(test_sessions_${end}_total{${chosenBackend}}[$__range]))`;

/** What test takers do, and what they score. */
export const sessions: DashboardSpec = {
  uid: 'aiq-sessions',
  title: 'Test sessions and scores',
  description: 'Sessions from start to result, the scores that come of them, and who comes.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'In progress',
          description: 'From the database, the same in every replica.',
          unit: 'count',
          queries: [
            {
              expr: `sum(max by (adaptive) (test_sessions_active{${chosenBackend}}))`,
              legend: 'sessions',
            },
          ],
          links: [links.backend],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Completed',
          description:
            'Share of the sessions that ended in the time shown which have a result. The objective is 95 %.',
          unit: 'share',
          steps: [
            [null, 'bad'],
            [0.85, 'warn'],
            [0.95, 'good'],
          ],
          queries: [
            {
              expr: `${ended('completed')} / ((${ended('completed')} + ${ended('abandoned')}) > 0)`,
              legend: 'completed',
            },
          ],
          links: [links.slo, links.runbook('SessionCompletionBurnFast')],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Median score',
          description:
            'Half of the scores are below: 100 by design. Far from it: the calibration, or who comes.',
          unit: 'count',
          steps: [
            [null, 'warn'],
            [85, 'good'],
            [115, 'warn'],
          ],
          queries: [
            { expr: quantile(0.5, 'test_score', chosenBackend), legend: 'score', exemplars: true },
          ],
          links: [links.pipeline],
          width: 6,
        },
        {
          kind: 'stat',
          title: 'Failed logins',
          description:
            'Share of the attempts of the time shown. Much of it at once: somebody guesses.',
          unit: 'share',
          steps: [
            [null, 'good'],
            [0.3, 'warn'],
            [0.7, 'bad'],
          ],
          queries: [
            {
              expr: `sum(increase(auth_logins_total{${chosenBackend}, outcome="failure"}[$__range])) / (sum(increase(auth_logins_total{${chosenBackend}}[$__range])) > 0)`,
              legend: 'failed',
            },
          ],
          links: [links.backendErrorLogs],
          width: 6,
        },
      ],
    },
    {
      title: 'Sessions',
      panels: [
        {
          kind: 'timeseries',
          title: 'Started, completed, abandoned',
          description: 'Sessions a second. Abandoned: given up, or out of time.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('test_sessions_started_total', chosenBackend, 'job'),
              legend: 'started',
            },
            {
              expr: perSecond('test_sessions_completed_total', chosenBackend, 'job'),
              legend: 'completed',
            },
            {
              expr: perSecond('test_sessions_abandoned_total', chosenBackend, 'job'),
              legend: 'abandoned',
            },
          ],
          links: [links.slo, links.backend],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'In progress',
          description: 'From the database, by mode.',
          unit: 'count',
          queries: [
            {
              expr: `max by (adaptive) (test_sessions_active{${chosenBackend}})`,
              legend: 'adaptive {{adaptive}}',
            },
          ],
          links: [links.backend],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Duration',
          description: 'Half of the sessions, and 95 of 100, reach their result within this time.',
          unit: 'seconds',
          queries: [
            { expr: quantile(0.5, 'test_sessions_duration_seconds', chosenBackend), legend: 'p50' },
            {
              expr: quantile(0.95, 'test_sessions_duration_seconds', chosenBackend),
              legend: 'p95',
              exemplars: true,
            },
          ],
          links: [links.slowRequests],
          width: 8,
        },
      ],
    },
    {
      title: 'Scores and questions',
      panels: [
        {
          kind: 'timeseries',
          title: 'Scores',
          description:
            'Tenth, half and nine tenths of the scores are below. By design 81, 100 and 119.',
          unit: 'count',
          queries: [
            { expr: quantile(0.1, 'test_score', chosenBackend), legend: 'p10' },
            { expr: quantile(0.5, 'test_score', chosenBackend), legend: 'p50', exemplars: true },
            { expr: quantile(0.9, 'test_score', chosenBackend), legend: 'p90' },
          ],
          links: [links.pipeline],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Questions served',
          description:
            'A second, by type. A type that stops has no questions: QuestionStratumEmpty.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('questions_served_total', chosenBackend, 'question_type'),
              legend: '{{question_type}}',
            },
          ],
          links: [links.pipeline, links.runbook('QuestionStratumEmpty')],
          width: 8,
        },
        {
          kind: 'table',
          title: 'Questions served by stratum',
          description: 'In the time shown: what the bank is asked for.',
          unit: 'count',
          queries: [
            { expr: inRange('questions_served_total', chosenBackend, 'question_type, difficulty') },
          ],
          links: [links.pipeline],
          width: 8,
        },
        {
          kind: 'timeseries',
          title: 'Registrations and logins',
          description: 'A second, logins by outcome.',
          unit: 'perSecond',
          queries: [
            {
              expr: perSecond('users_registrations_total', chosenBackend, 'job'),
              legend: 'registered',
            },
            {
              expr: perSecond('auth_logins_total', chosenBackend, 'outcome'),
              legend: 'login {{outcome}}',
            },
          ],
          links: [links.backendErrorLogs],
        },
        {
          kind: 'table',
          title: 'Calibrations',
          description: 'Calibrations of the bank that ended in the time shown, by outcome.',
          unit: 'count',
          queries: [{ expr: inRange('calibration_runs_total', chosenBackend, 'outcome') }],
          links: [links.pipeline],
        },
      ],
    },
  ],
};
