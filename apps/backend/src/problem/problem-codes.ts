/**
 * Every code an error body can carry, with the status it comes with. Codes are part of the API:
 * clients switch on them, so they are never renamed and never reused.
 */
export const problemCodes = {
  bad_request: { status: 400, title: 'The request could not be understood.' },
  malformed_body: { status: 400, title: 'The body is not what its content type says.' },
  request_aborted: { status: 400, title: 'The request broke off before its end.' },
  validation_failed: { status: 400, title: 'The request does not fit its schema.' },
  unknown_cursor: { status: 400, title: 'The cursor is none that a page was given with.' },
  option_out_of_range: { status: 400, title: 'The question has no such option.' },
  unauthorized: { status: 401, title: 'A valid bearer token is required.' },
  invalid_credentials: { status: 401, title: 'The e-mail address or the password is wrong.' },
  invalid_refresh_token: { status: 401, title: 'The refresh token is not valid.' },
  login_not_fresh: { status: 401, title: 'The login is too old for this.' },
  wrong_password: { status: 403, title: 'The current password is wrong.' },
  route_not_found: { status: 404, title: 'There is no such route.' },
  test_session_not_found: { status: 404, title: 'There is no such test session.' },
  generation_run_not_found: { status: 404, title: 'There is no such generation run.' },
  method_not_allowed: { status: 405, title: 'The route does not know this method.' },
  request_timeout: { status: 408, title: 'The request did not arrive in time.' },
  email_taken: { status: 409, title: 'The e-mail address is registered already.' },
  active_session_exists: { status: 409, title: 'A test session is active already.' },
  retake_too_early: { status: 409, title: 'It is too early for the next test session.' },
  test_session_finished: { status: 409, title: 'The test session is finished.' },
  test_session_expired: { status: 409, title: 'The test session ran out of time.' },
  question_not_current: { status: 409, title: 'The question is not the current one.' },
  question_already_answered: { status: 409, title: 'The question was answered otherwise already.' },
  result_not_ready: { status: 409, title: 'The test session has no result.' },
  body_too_large: { status: 413, title: 'The body is too large.' },
  uri_too_long: { status: 414, title: 'The address is too long.' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported.' },
  rate_limited: { status: 429, title: 'There were too many requests.' },
  headers_too_large: { status: 431, title: 'The headers are too large.' },
  internal_error: { status: 500, title: 'Something went wrong on our side.' },
  service_unavailable: { status: 503, title: 'The service cannot answer at the moment.' },
  no_questions_available: { status: 503, title: 'The question bank is empty.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCodes;

export const problemCodeNames = Object.keys(problemCodes) as ProblemCode[];

/** The `type` of a problem (RFC 9457): a name, not an address; docs/errors.md says what it stands for. */
export function problemType(code: ProblemCode): string {
  return `urn:aiq:problem:${code}`;
}
