import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request of a client, as the client saw it. */
export interface Attempt {
  /** The instance that it was sent to. */
  readonly url: string;
  readonly route: string;
  /** Absent where no answer came: the connection broke. */
  readonly status?: number;
  readonly code?: string;
  readonly contentType?: string | null;
  readonly retryAfter?: string | null;
  readonly traceId?: string | null;
  readonly durationMs: number;
  readonly failure?: string;
}

/** An answer that the service said it has. */
export interface AcknowledgedAnswer {
  readonly sessionId: string;
  readonly questionId: string;
  readonly optionIndex: number;
}

export interface Play {
  readonly attempts: readonly Attempt[];
  readonly answers: readonly AcknowledgedAnswer[];
  /** Sessions that were played to their result. */
  readonly completed: readonly string[];
  readonly abandoned: readonly string[];
  /** Lets every player end its session, and waits for it. */
  finish(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: {
    readonly id?: string;
    readonly code?: string;
    readonly traceId?: string;
    readonly accessToken?: string;
    readonly testSessionId?: string;
    readonly question?: Question;
    readonly next?: Question;
  };
}
interface Question {
  readonly id: string;
}

/** What a client tries again: no answer, or one that says to come back. */
const retried = new Set([undefined, 429, 503]);
const retryMs = 50;

/**
 * Starts clients that register and play one session after the other, adaptive and fixed ones, each request to the
 * next of `urls`, and try again whatever was not answered. What they saw can be read at any time.
 */
export function playSessions(options: {
  readonly urls: () => readonly string[];
  readonly players: number;
  readonly itemsMax?: number;
  /** Sends every answer and every abandonment twice, at once, to two instances. @default false */
  readonly doubled?: boolean;
  /** Each player gives up every nth of its sessions. @default never */
  readonly abandonEvery?: number;
  /** Pause between two requests of a player, in milliseconds. */
  readonly thinkMs?: number;
}): Play {
  const { urls, players, itemsMax = 6, thinkMs = 5, doubled = false } = options;
  const { abandonEvery = Number.POSITIVE_INFINITY } = options;
  const attempts: Attempt[] = [];
  const answers: AcknowledgedAnswer[] = [];
  const completed: string[] = [];
  const abandoned: string[] = [];
  let turn = 0;
  let finishing = false;

  const send = async (
    method: string,
    path: string,
    body?: object,
    token?: string,
  ): Promise<Reply> => {
    for (;;) {
      const all = urls();
      turn += 1;
      const reply = await attempt(`${all[turn % all.length]}`, method, path, { body, token });
      if (reply !== undefined && !retried.has(reply.status)) return reply;
      await sleep(retryMs);
    }
  };
  const attempt = async (
    base: string,
    method: string,
    path: string,
    { body, token }: { readonly body?: object | undefined; readonly token?: string | undefined },
  ): Promise<Reply | undefined> => {
    const route = `${method} ${path.replace(/[0-9a-f-]{36}/, ':sessionId')}`;
    const startedAt = performance.now();
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      const reply = { status: response.status, body: await response.json() } as Reply;
      attempts.push({
        url: base,
        route,
        status: response.status,
        ...(reply.body.code === undefined ? {} : { code: reply.body.code }),
        contentType: response.headers.get('content-type'),
        retryAfter: response.headers.get('retry-after'),
        traceId: reply.body.traceId ?? null,
        durationMs: performance.now() - startedAt,
      });
      return reply;
    } catch (error) {
      const { cause, message } = error as Error;
      const failure = String((cause as { code?: string } | undefined)?.code ?? message);
      attempts.push({ url: base, route, failure, durationMs: performance.now() - startedAt });
      return undefined;
    }
  };

  /** What changes something for once, however often it is sent. */
  const sendOnce = async (
    path: string,
    body: object | undefined,
    token: string,
  ): Promise<Reply> => {
    const [reply, ...others] = await Promise.all(
      Array.from({ length: doubled ? 2 : 1 }, () => send('POST', path, body, token)),
    );
    if (reply?.status !== 200) throw unexpected(path, reply);
    for (const other of others) {
      if (other.body.next?.id !== reply.body.next?.id) throw unexpected(`${path}, doubled`, other);
    }
    return reply;
  };

  const register = async (): Promise<string> => {
    const credentials = { email: `player-${randomUUID()}@example.org`, password: randomUUID() };
    const registered = await send('POST', '/v1/auth/register', credentials);
    if (registered.body.accessToken !== undefined) return registered.body.accessToken;
    // Its answer was lost on the way.
    if (registered.status !== 409) throw unexpected('register', registered);
    const login = await send('POST', '/v1/auth/login', credentials);
    if (login.body.accessToken === undefined) throw unexpected('login', login);
    return login.body.accessToken;
  };
  const begin = async (
    token: string,
    mode: 'adaptive' | 'fixed',
  ): Promise<{ sessionId: string; question: Question }> => {
    const started = await send('POST', '/v1/test-sessions', { mode, itemsMax }, token);
    const { id, testSessionId, next } = started.body;
    if (started.status === 201 && id !== undefined && next !== undefined) {
      return { sessionId: id, question: next };
    }
    if (testSessionId === undefined) throw unexpected('start', started);
    const path = `/v1/test-sessions/${testSessionId}/current-question`;
    const current = await send('GET', path, undefined, token);
    if (current.body.question === undefined) throw unexpected('current question', current);
    return { sessionId: testSessionId, question: current.body.question };
  };
  const playOne = async (token: string, session: number): Promise<void> => {
    const { sessionId, question } = await begin(token, session % 2 === 0 ? 'adaptive' : 'fixed');
    const path = `/v1/test-sessions/${sessionId}`;
    for (let current: Question | undefined = question, index = 0; current; index += 1) {
      if (index === 2 && session % abandonEvery === 0) {
        await sendOnce(`${path}/abandon`, undefined, token);
        abandoned.push(sessionId);
        return;
      }
      const answer = { questionId: current.id, optionIndex: index % 4 };
      const answered = await sendOnce(`${path}/responses`, answer, token);
      answers.push({ sessionId, ...answer });
      current = answered.body.next;
      await sleep(thinkMs);
    }
    const result = await send('GET', `${path}/result`, undefined, token);
    if (result.status !== 200) throw unexpected('result', result);
    completed.push(sessionId);
  };
  const player = async (_: unknown, index: number): Promise<void> => {
    const token = await register();
    let session = index + 1;
    do await playOne(token, session++);
    while (!finishing);
  };

  const playing = Promise.all(Array.from({ length: players }, player));
  // Rejects where it is waited for.
  playing.catch(() => {});
  return {
    attempts,
    answers,
    completed,
    abandoned,
    async finish() {
      finishing = true;
      await playing;
    },
  };
}

function unexpected(what: string, reply: Reply | undefined): Error {
  return new Error(`${what} was answered ${reply?.status}: ${JSON.stringify(reply?.body)}`);
}
