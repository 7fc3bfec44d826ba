import type { Dispatcher } from 'undici';
import type { RouteName } from './variant.ts';

/** A test taker in the middle of a session: one request at a time. */
export interface Taker {
  readonly accessToken: string;
  sessionId: string;
  questionId: string;
}

export interface SourceOrder {
  readonly route: RouteName;
  /** For the routes of the backend. */
  readonly takers?: readonly Taker[];
}

interface NextRequest {
  readonly options: Dispatcher.RequestOptions;
  readonly onAnswer: (statusCode: number, body: string) => void;
}

interface RequestSource {
  /** @throws {Error} where every taker waits for an answer: more takers are needed. */
  next(): NextRequest;
}

const json = { 'content-type': 'application/json' };
const validBody = JSON.stringify({ name: 'a name', amount: 12.5, tags: ['one', 'two', 'three'] });
const ignore = (): void => {};

/** Requests of one route, one after another; those of the backend from takers in turn. */
export function createRequestSource({ route, takers = [] }: SourceOrder): RequestSource {
  const idle = takers.map((taker) => ({ ...taker }));
  const take = (): Taker => {
    const taker = idle.shift();
    if (taker === undefined) throw new Error('every taker waits for an answer: make more of them');
    return taker;
  };
  switch (route) {
    case 'validated':
      return {
        next: () => ({
          options: { path: '/validated', method: 'POST', headers: json, body: validBody },
          onAnswer: ignore,
        }),
      };
    case 'current-question':
      return {
        next() {
          const taker = take();
          const path = `/v1/test-sessions/${taker.sessionId}/current-question`;
          const options = { path, method: 'GET' as const, headers: bearer(taker) };
          return { options, onAnswer: () => idle.push(taker) };
        },
      };
    case 'answer':
      return { next: () => answer(take(), (taker) => idle.push(taker)) };
    default:
      return { next: () => ({ options: { path: `/${route}`, method: 'GET' }, onAnswer: ignore }) };
  }
}

/** Answers the current question, or begins a new session after the last one. */
function answer(taker: Taker, release: (taker: Taker) => void): NextRequest {
  const headers = { ...json, ...bearer(taker) };
  if (taker.questionId === '') {
    return {
      options: { path: '/v1/test-sessions', method: 'POST', headers, body: '{"mode":"fixed"}' },
      onAnswer(statusCode, body) {
        if (statusCode === 201) begin(taker, body);
        release(taker);
      },
    };
  }
  const { sessionId, questionId } = taker;
  return {
    options: {
      path: `/v1/test-sessions/${sessionId}/responses`,
      method: 'POST',
      headers,
      body: JSON.stringify({ questionId, optionIndex: 0 }),
    },
    onAnswer(statusCode, body) {
      if (statusCode === 200) taker.questionId = readNext(body);
      release(taker);
    },
  };
}

export function begin(taker: Taker, body: string): void {
  const started = JSON.parse(body) as { id: string; next: { id: string } };
  taker.sessionId = started.id;
  taker.questionId = started.next.id;
}

function readNext(body: string): string {
  return (JSON.parse(body) as { next?: { id: string } | null }).next?.id ?? '';
}

function bearer({ accessToken }: Taker): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}
