import { randomUUID } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

export const password = 'correct horse battery staple';

/** A registered user with an access token, and what it does. */
export interface TestTaker {
  readonly id: string;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Sends a request as this user, to the app it registered at or to another instance. */
  send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    at?: FastifyInstance,
  ): Promise<LightMyRequestResponse>;
}

export async function registerTaker(app: FastifyInstance): Promise<TestTaker> {
  const email = `taker-${randomUUID()}@example.org`;
  const response = await app.inject({
    method: 'POST',
    url: '/v1/auth/register',
    payload: { email, password },
  });
  const { user, accessToken, refreshToken } = response.json();
  return {
    id: user.id,
    email,
    accessToken,
    refreshToken,
    send: (method, url, body, at = app) =>
      at.inject({
        method,
        url,
        headers: { authorization: `Bearer ${accessToken}` },
        ...(body === undefined ? {} : { payload: body }),
      }),
  };
}

/** Takes a whole session, giving each answer by `choose`; returns every response on the way. */
export async function takeSession(
  taker: TestTaker,
  start: { mode: 'fixed' | 'adaptive'; itemsMax?: number },
  choose: (question: { id: string; type: string }) => number | Promise<number>,
): Promise<{ sessionId: string; questionIds: string[]; responses: LightMyRequestResponse[] }> {
  const started = await taker.send('POST', '/v1/test-sessions', start);
  const sessionId: string = started.json().id;
  const responses = [started];
  const questionIds: string[] = [];

  for (let question = started.json().next; question !== undefined; ) {
    questionIds.push(question.id);
    const answer = { questionId: question.id, optionIndex: await choose(question) };
    const answered = await taker.send('POST', `/v1/test-sessions/${sessionId}/responses`, answer);
    responses.push(answered);
    question = answered.json().next;
  }
  return { sessionId, questionIds, responses };
}
