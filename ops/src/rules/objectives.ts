import { backend, environment, questionService, userRequests } from '../series/selectors.ts';
import type { Severity } from './rule.ts';

/** A promise: which share of events is good, over 28 days. */
export interface Objective {
  /** Value of the label `slo`. */
  readonly slo: string;
  /** What its alerts' names begin with. */
  readonly name: string;
  readonly service: string;
  /** Share of events that are good, 0 to 1. */
  readonly objective: number;
  /** How somebody learns that the budget burns fast; slow burning is always a ticket. */
  readonly fast: Severity;
  /** Events a window must have had before a share of them means anything. */
  readonly eventsMin: number;
  /** What is counted, as in `16 % of <events>`. */
  readonly events: string;
  /** What is bad about a bad one, as in `<events> <bad>`. */
  readonly bad: string;
  /** What a user notices, and the first thing to look at. */
  readonly description: string;
  /** Events a second over a range, by environment. */
  readonly total: (range: string) => string;
  /** Bad events a second, for every label set that `total` has. */
  readonly failing: (range: string) => string;
}

const rate = (selector: string, range: string): string =>
  `sum by (${environment}) (rate(${selector}[${range}]))`;

const requests = (range: string): string =>
  rate(`http_server_request_duration_seconds_count{${userRequests}}`, range);

const sessions = (end: 'completed' | 'abandoned', range: string): string =>
  rate(`test_sessions_${end}_total{${backend}}`, range);

/** Upper bound of a bucket of `http.server.request.duration`. */
const fastEnoughSeconds = 0.5;

export const objectives: readonly Objective[] = [
  {
    slo: 'api-availability',
    name: 'ApiAvailability',
    service: 'aiq-backend',
    objective: 0.999,
    fast: 'page',
    eventsMin: 50,
    events: 'requests of test takers',
    bad: 'are answered with a 5xx',
    description:
      'Test takers see errors. Look first at the errors by route and code on the dashboard, then at a trace of one.',
    total: requests,
    // Before the first 5xx no series has such a status: the sum is 0 then, and not missing.
    failing: (range) =>
      `(${rate(`http_server_request_duration_seconds_count{${userRequests}, http_response_status_code=~"5.."}`, range)} or 0 * ${requests(range)})`,
  },
  {
    slo: 'api-latency',
    name: 'ApiLatency',
    service: 'aiq-backend',
    objective: 0.99,
    fast: 'page',
    eventsMin: 50,
    events: 'requests of test takers',
    bad: `take longer than ${fastEnoughSeconds} s`,
    description:
      'Test takers wait. Look first at the durations by route, of the database and of the event loop, on the dashboard.',
    total: requests,
    failing: (range) =>
      `(${requests(range)} - ${rate(`http_server_request_duration_seconds_bucket{${userRequests}, le="${fastEnoughSeconds}"}`, range)})`,
  },
  {
    slo: 'session-completion',
    name: 'SessionCompletion',
    service: 'aiq-backend',
    objective: 0.95,
    fast: 'page',
    eventsMin: 10,
    events: 'test sessions that end',
    bad: 'end without a result',
    description:
      'Test takers give up or run out of time. Look first at the errors and durations of the routes that a session uses.',
    total: (range) => `(${sessions('completed', range)} + ${sessions('abandoned', range)})`,
    failing: (range) => sessions('abandoned', range),
  },
  {
    slo: 'generation-success',
    name: 'GenerationSuccess',
    service: 'aiq-question-service',
    objective: 0.95,
    // Test takers do not notice: the bank lasts for weeks.
    fast: 'ticket',
    eventsMin: 10,
    events: 'questions asked of providers',
    bad: 'are not written',
    description:
      'The bank grows slower than planned. Look first at the failures by provider and reason on the dashboard.',
    total: (range) => rate(`generation_questions_total{${questionService}}`, range),
    failing: (range) =>
      rate(`generation_questions_total{${questionService}, outcome="failed"}`, range),
  },
];
