import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect } from 'vitest';
import { type Headers, type RunningConsole, test } from '../running-console.ts';

/** `fetch` would set Host itself. */
async function ask(
  { port }: RunningConsole,
  {
    headers,
    method = 'GET',
    path = '/api/status',
  }: { headers: Headers; method?: string; path?: string },
): Promise<IncomingMessage> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

describe('Host', () => {
  test.for(['127.0.0.1', 'localhost:4318', 'LOCALHOST:1', '[::1]:80'])(
    '%s is answered',
    async (host, { console }) => {
      expect((await ask(console, { headers: { host } })).statusCode).toBe(200);
    },
  );

  test.for([
    'example.com',
    'localhost.example.com',
    '127.0.0.1.nip.io:4318',
    '10.0.0.1',
    'a@localhost',
  ])('%s is refused', async (host, { console }) => {
    const responses = await Promise.all([
      ask(console, { headers: { host } }),
      ask(console, { headers: { host }, path: '/unknown' }),
      ask(console, { headers: { host }, path: '/v1/traces', method: 'POST' }),
      ask(console, { headers: { host }, path: '/api/1/envelope/', method: 'POST' }),
    ]);

    expect(responses.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
  });
});

describe('Origin', () => {
  test.for(['http://localhost:3000', 'http://127.0.0.1:4318', 'https://[::1]'])(
    '%s is answered, without leave to read for other origins',
    async (origin, { console }) => {
      const response = await ask(console, { headers: { origin } });

      expect(response.statusCode).toBe(200);
      expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test.for(['https://example.com', 'null', 'http://localhost.example.com', 'file://localhost'])(
    '%s is refused',
    async (origin, { console }) => {
      expect((await ask(console, { headers: { origin } })).statusCode).toBe(403);
    },
  );
});

test('no answer may be taken for another content type', async ({ console }) => {
  const responses = await Promise.all(
    ['/', '/api/traces', '/unknown'].map((path) => ask(console, { headers: {}, path })),
  );

  expect(responses.map(({ headers }) => headers['x-content-type-options'])).toEqual([
    'nosniff',
    'nosniff',
    'nosniff',
  ]);
});

test('a preflight request gets no leave', async ({ console }) => {
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };

  const response = await ask(console, { headers, method: 'OPTIONS', path: '/v1/traces' });

  expect(response.statusCode).toBe(404);
  expect(response.headers).not.toHaveProperty('access-control-allow-methods');
});
