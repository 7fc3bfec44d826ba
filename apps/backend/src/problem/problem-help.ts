import type { ProblemCode } from './problem-codes.ts';

/** What docs/errors.md says of a code. */
export interface ProblemHelp {
  /** When it comes. */
  readonly when: string;
  /** What a client does next. */
  readonly next: string;
}

export const problemHelp: Readonly<Record<ProblemCode, ProblemHelp>> = {
  bad_request: {
    when: 'The address or the head of the request is malformed, such as a lone `%` in the path.',
    next: 'Correct the request. The same one fails again.',
  },
  malformed_body: {
    when: 'The body is not JSON, is empty, or does not have the length that was announced.',
    next: 'Send valid JSON, or no body and no content type.',
  },
  request_aborted: {
    when: 'The connection ended before the request did. Nobody is there to be told: it is for the metrics.',
    next: 'Send the request again.',
  },
  validation_failed: {
    when: 'Parameters or body do not fit the schema of the route.',
    next: 'Correct what `errors` names, by path.',
  },
  unknown_cursor: {
    when: '`cursor` names no entry of this list.',
    next: 'Begin again without `cursor`; send only what came as `nextCursor`.',
  },
  option_out_of_range: {
    when: '`optionIndex` is beyond the options of the question.',
    next: 'Send the index of one of the options, from 0.',
  },
  unauthorized: {
    when: 'There is no bearer token, or it is forged, expired, or of a login or a user that ended.',
    next: 'Refresh the access token, or log in again; operators check their key.',
  },
  invalid_credentials: {
    when: 'No user has this e-mail address and this password. Which of the two is wrong is not told.',
    next: 'Ask the user again.',
  },
  invalid_refresh_token: {
    when: 'The refresh token is unknown, expired, revoked, or was spent before.',
    next: 'Log in again.',
  },
  login_not_fresh: {
    when: 'What cannot be undone is asked for with a login that is older than `auth.freshLoginSeconds`.',
    next: 'Let the user log in again, and repeat the request with the new token.',
  },
  wrong_password: {
    when: 'The password is changed by who does not know the current one.',
    next: 'Ask the user again. Wrong passwords count as failed logins.',
  },
  route_not_found: {
    when: 'No route has this path; those of operators do not exist where no admin key is configured.',
    next: 'Look the path up in `/docs`; a trailing slash counts.',
  },
  test_session_not_found: {
    when: 'The user has no such test session, or none in progress. One of another user is not told apart.',
    next: 'Look it up in the history, or start one.',
  },
  generation_run_not_found: {
    when: 'No such generation run was reported.',
    next: 'Look it up in the list of runs; question-service reports a run when it ends.',
  },
  method_not_allowed: {
    when: 'The path is known, the method is not.',
    next: 'Use one that the `Allow` header names.',
  },
  request_timeout: {
    when: 'The request did not arrive whole in time.',
    next: 'Send it again, on a better connection.',
  },
  email_taken: {
    when: 'A user with this e-mail address exists.',
    next: 'Log in, or register another address.',
  },
  active_session_exists: {
    when: 'A session is started while one is in progress, which `testSessionId` names.',
    next: 'Go on with that one, or abandon it.',
  },
  retake_too_early: {
    when: 'A session is started before the pause after the last one is over.',
    next: 'Wait until `availableAt`; `Retry-After` has it in seconds.',
  },
  test_session_finished: {
    when: 'The session was completed or given up.',
    next: 'Read its result, or start the next.',
  },
  test_session_expired: {
    when: 'The session ran out of time. It has no result.',
    next: 'Start the next.',
  },
  question_not_current: {
    when: 'The answer is to a question that is not the one asked: not yet, or not in this session.',
    next: 'Get the current question and answer that.',
  },
  question_already_answered: {
    when: 'The question has an answer, and it is another one. The first one stands.',
    next: 'Get the current question. The same answer sent again is no error.',
  },
  result_not_ready: {
    when: 'The session is in progress, or ended without a result.',
    next: 'Answer it to its end.',
  },
  body_too_large: {
    when: 'The body is larger than `http.bodyLimitBytes`.',
    next: 'Send less.',
  },
  uri_too_long: {
    when: 'A parameter in the path is longer than any that is valid.',
    next: 'Correct the address.',
  },
  unsupported_media_type: {
    when: 'The body has another content type than `application/json`.',
    next: 'Send JSON, and say so.',
  },
  rate_limited: {
    when: 'There were more requests in a short time than the route allows, or too many failed logins.',
    next: 'Wait as long as `Retry-After` says.',
  },
  headers_too_large: {
    when: 'The head of the request is larger than 16 KiB.',
    next: 'Send smaller headers.',
  },
  internal_error: {
    when: 'Something that nobody foresaw; it was reported to us with the trace.',
    next: 'Try again once. If it stays, tell us the `traceId`.',
  },
  service_unavailable: {
    when: 'The database does not answer, or more passwords wait to be hashed than may.',
    next: 'Wait as long as `Retry-After` says, and send the same request again: it is safe.',
  },
  no_questions_available: {
    when: 'The bank holds no active question of a type that is asked.',
    next: 'Operators fill the bank: `npx pnpm@12 generate`.',
  },
};
