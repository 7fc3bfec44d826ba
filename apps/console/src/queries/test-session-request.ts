import type { Span } from '../store/model.ts';

export type TestSessionStep = 'start' | 'question' | 'response' | 'abandon' | 'result' | 'other';

export interface TestSessionRequest {
  readonly sessionId: string;
  readonly step: TestSessionStep;
}

const path = /^\/v1\/test-sessions\/([\w-]{1,100})(?:\/([\w-]{1,100}))?\/?$/;

const steps: Readonly<Record<string, TestSessionStep>> = {
  'current-question': 'question',
  responses: 'response',
  abandon: 'abandon',
  result: 'result',
};

/** Which test session a request was about, by its path; undefined for other spans, and for the start, whose path has no id. */
export function testSessionOf(span: Span): TestSessionRequest | undefined {
  if (span.kind !== 'server') return undefined;
  const urlPath = span.attributes['url.path'];
  if (typeof urlPath !== 'string') return undefined;
  const [, sessionId, resource = ''] = path.exec(urlPath) ?? [];
  if (sessionId === undefined || sessionId === 'active') return undefined;
  return { sessionId, step: steps[resource] ?? 'other' };
}
