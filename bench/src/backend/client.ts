import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Recorder } from './recorder.ts';

export interface Question {
  readonly id: string;
}

/** The members that a player looks at. */
export interface Body {
  readonly id?: string;
  readonly code?: string;
  readonly accessToken?: string;
  readonly next?: Question;
}

export type Send = (
  method: string,
  path: string,
  options?: { readonly body?: object; readonly token?: string | undefined },
) => Promise<Body | undefined>;

const answerWithinMs = 30_000;

/**
 * Creates a client that sends each request to the next instance, over connections that are kept. Undefined is
 * what no answer, or an error, gives: both are recorded.
 */
export function createClient(urls: readonly string[], recorder: Recorder): Send {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  return async (method, path, { body, token } = {}) => {
    turn += 1;
    const route = `${method} ${path.replace(/[0-9a-f-]{36}/, ':sessionId')}`;
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const startedAt = performance.now();
    try {
      const { status, answer } = await exchange(`${urls[turn % urls.length]}${path}`, payload, {
        method,
        agent,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(payload === undefined
            ? {}
            : {
                'content-type': 'application/json',
                'content-length': String(Buffer.byteLength(payload)),
              }),
        },
      });
      recorder.add(route, performance.now() - startedAt);
      if (status < 400) return answer;
      recorder.fail(route, answer.code ?? String(status));
    } catch (error) {
      recorder.fail(route, (error as { code?: string }).code ?? String(error));
    }
    return undefined;
  };
}

function exchange(
  url: string,
  payload: string | undefined,
  options: {
    readonly method: string;
    readonly agent: Agent;
    readonly headers: Record<string, string>;
  },
): Promise<{ status: number; answer: Body }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, timeout: answerWithinMs }, (response) => {
      json(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, answer: answer as Body }),
        reject,
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
