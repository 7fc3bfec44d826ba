import { randomUUID } from 'node:crypto';
import { begin, type Taker } from './request-source.ts';

const password = 'a passphrase for benchmarks, 7 words';

/** Registers test takers at a running backend and starts a session for each. */
export async function prepareTakers(origin: string, count: number): Promise<Taker[]> {
  const takers: Taker[] = [];
  while (takers.length < count) {
    const missing = Math.min(4, count - takers.length);
    takers.push(...(await Promise.all(Array.from({ length: missing }, () => prepare(origin)))));
  }
  return takers;
}

async function prepare(origin: string): Promise<Taker> {
  const email = `${randomUUID()}@bench.example`;
  const registered = await post(`${origin}/v1/auth/register`, { email, password });
  const { accessToken } = JSON.parse(registered) as { accessToken: string };
  const taker: Taker = { accessToken, sessionId: '', questionId: '' };
  begin(taker, await post(`${origin}/v1/test-sessions`, { mode: 'fixed' }, accessToken));
  return taker;
}

async function post(url: string, body: unknown, accessToken?: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${text}`);
  return text;
}
