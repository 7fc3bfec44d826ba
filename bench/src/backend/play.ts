import { randomUUID } from 'node:crypto';
import type { Send } from './client.ts';

/** What a player does; shares are of sessions or of answers. */
export const mix = {
  /** Sessions of a user until another registers. */
  sessionsPerUser: 3,
  /** Sessions before which the user logs in anew. */
  loginShare: 1 / 3,
  adaptiveShare: 0.7,
  /** Answers that are sent twice at once, to two instances. */
  doubledShare: 0.05,
  optionCount: 4,
} as const;

const password = 'a pass phrase of the bench';

interface User {
  readonly email: string;
  token: string;
  sessions: number;
}

/** Creates a player that takes one session after the other; `random` gives numbers in [0, 1). */
export function createPlayer(send: Send, random: () => number) {
  let user: User | undefined;

  /** Plays a session to its result: registration or login, history and result with it. False where it failed. */
  return async function playSession(): Promise<boolean> {
    user = await prepareUser(send, random, user);
    if (user === undefined) return false;
    const { token } = user;
    user.sessions += 1;
    const mode = random() < mix.adaptiveShare ? 'adaptive' : 'fixed';
    const started = await send('POST', '/v1/test-sessions', { body: { mode }, token });
    if (started?.id === undefined || !(await answerAll(started.id, started.next, token))) {
      // What stands in the way of the next one is left behind.
      user = undefined;
      return false;
    }
    const path = `/v1/test-sessions/${started.id}/result`;
    const result = await send('GET', path, { token });
    const history = await send('GET', '/v1/test-sessions', { token });
    return result !== undefined && history !== undefined;
  };

  async function answerAll(
    id: string,
    first: { readonly id: string } | undefined,
    token: string,
  ): Promise<boolean> {
    for (let question = first; question !== undefined; ) {
      const optionIndex = Math.floor(random() * mix.optionCount);
      const body = { questionId: question.id, optionIndex };
      const path = `/v1/test-sessions/${id}/responses`;
      const copies = random() < mix.doubledShare ? 2 : 1;
      const replies = await Promise.all(
        Array.from({ length: copies }, () => send('POST', path, { body, token })),
      );
      const reply = replies.find((each) => each !== undefined);
      if (reply === undefined) return false;
      question = reply.next;
    }
    return true;
  }
}

async function prepareUser(
  send: Send,
  random: () => number,
  user: User | undefined,
): Promise<User | undefined> {
  if (user === undefined || user.sessions >= mix.sessionsPerUser) {
    const email = `player-${randomUUID()}@example.org`;
    const registered = await send('POST', '/v1/auth/register', { body: { email, password } });
    const token = registered?.accessToken;
    return token === undefined ? undefined : { email, token, sessions: 0 };
  }
  if (random() >= mix.loginShare) return user;
  const login = await send('POST', '/v1/auth/login', { body: { email: user.email, password } });
  return login?.accessToken === undefined ? undefined : { ...user, token: login.accessToken };
}
