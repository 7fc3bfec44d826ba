import { counter, defineMetrics, gauge, histogram, secondsSlow } from '@aiq/observability';
import { problemCodeNames } from '../problem/problem-codes.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';

/** How a calibration of the bank can end. */
export const calibrationOutcomes = [
  'stored',
  'too_few_responses',
  'too_few_anchors',
  'not_converged',
  'overtaken',
] as const;

/** Text of a boolean label. */
const booleans = ['true', 'false'] as const;

/** Every route template that an error is counted with; `unmatched` is for what no route takes. */
export const errorRoutes = [
  'unmatched',
  '/docs',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/v1/metrics',
  '/v1/auth/register',
  '/v1/auth/login',
  '/v1/auth/refresh',
  '/v1/auth/logout',
  '/v1/auth/logout-all',
  '/v1/users/me',
  '/v1/users/me/password',
  '/v1/test-sessions',
  '/v1/test-sessions/active',
  '/v1/test-sessions/:sessionId',
  '/v1/test-sessions/:sessionId/current-question',
  '/v1/test-sessions/:sessionId/responses',
  '/v1/test-sessions/:sessionId/abandon',
  '/v1/test-sessions/:sessionId/result',
  '/v1/admin/generation-runs',
  '/v1/admin/generation-runs/stats',
  '/v1/admin/generation-runs/:runId',
  '/v1/admin/inventory',
  '/v1/admin/calibrations',
  '/v1/admin/diagnostics/error',
] as const;
export type ErrorRoute = (typeof errorRoutes)[number];

/** Gives the label for a route's template: all pages of the documentation are one, no route is `unmatched`. */
export function toErrorRoute(template: string | undefined): ErrorRoute {
  if (template?.startsWith('/docs')) return '/docs';
  return errorRoutes.find((route) => route === template) ?? 'unmatched';
}

export const metrics = defineMetrics({
  'test.sessions.started': counter({
    unit: '{session}',
    description: 'Test sessions started.',
    labels: { adaptive: booleans },
  }),
  'test.sessions.completed': counter({
    unit: '{session}',
    description: 'Test sessions that ended with a result.',
    labels: { adaptive: booleans },
  }),
  'test.sessions.abandoned': counter({
    unit: '{session}',
    description: 'Test sessions that ended without a result: given up, or out of time.',
    labels: { adaptive: booleans },
  }),
  'test.sessions.active': gauge({
    isShared: true,
    unit: '{session}',
    description: 'Test sessions in progress, from the database.',
    labels: { adaptive: booleans },
  }),
  'test.sessions.duration': histogram({
    unit: 's',
    description: 'Time from the start of a test session to its result.',
    buckets: [...secondsSlow, 3600, 7200],
    labels: { adaptive: booleans },
  }),
  'test.score': histogram({
    unit: '{point}',
    description: 'Scaled scores of completed test sessions: 100 + 15 theta.',
    buckets: [55, 62.5, 70, 77.5, 85, 92.5, 100, 107.5, 115, 122.5, 130, 137.5, 145],
    labels: { adaptive: booleans },
  }),
  'questions.served': counter({
    unit: '{question}',
    description: 'Questions put before a test taker, each once a session.',
    labels: { question_type: questionTypes, difficulty: difficultyLevels },
  }),
  'users.registrations': counter({
    unit: '{user}',
    description: 'Users registered.',
    labels: {},
  }),
  'users.deletions': counter({
    unit: '{user}',
    description: 'Users deleted.',
    labels: {},
  }),
  'auth.logins': counter({
    unit: '{login}',
    description: 'Attempts to log in. `throttled`: refused unseen, after too many failures.',
    labels: { outcome: ['success', 'failure', 'throttled'] },
  }),
  'auth.refreshes': counter({
    unit: '{refresh}',
    description:
      'Refresh tokens that were shown. `repeated`: spent moments ago, answered again; `reused`: spent, and its login ended.',
    labels: { outcome: ['rotated', 'repeated', 'reused', 'expired', 'unknown'] },
  }),
  'calibration.runs': counter({
    unit: '{run}',
    description: 'Calibrations of the bank that ended, by outcome.',
    labels: { outcome: calibrationOutcomes },
  }),
  'app.errors': counter({
    unit: '{error}',
    description: 'Requests answered with an error, by its code and the route.',
    labels: { 'error.type': problemCodeNames, 'http.route': errorRoutes },
  }),
});

export type BackendMetrics = typeof metrics;
