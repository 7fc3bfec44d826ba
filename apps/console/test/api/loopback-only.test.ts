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

describe('what a browser says of the page that asks', () => {
  const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  test.for<[string, Headers, string, number]>([
    ['an image of another site', { 'sec-fetch-site': 'cross-site' }, 'GET', 403],
    ['a link from another site', { 'sec-fetch-site': 'cross-site', ...link }, 'GET', 200],
    ['a form of another site', { 'sec-fetch-site': 'cross-site', ...link }, 'POST', 403],
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 'GET', 200],
  ])('%s', async ([, headers, method, status], { console }) => {
    expect((await ask(console, { headers, method })).statusCode).toBe(status);
  });
});

test('hostile names are data: JSON under a policy that lets nothing of it run', async ({
  console,
}) => {
  const name = '</script><script>alert(1)</script>';
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name };
  const payload = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  await console.post('/v1/traces', payload, { 'content-type': 'application/json' });

  const paths = [
    '/api/traces',
    `/api/traces/${'a'.repeat(32)}`,
    `/api/traces/${encodeURIComponent(name)}`,
    '/api/live',
  ];
  const responses = await Promise.all(paths.map((path) => ask(console, { headers: {}, path })));

  expect((await console.get('/api/traces')).traces[0].name).toBe(name);
  expect(responses.map(({ headers }) => headers['content-type']?.split(';')[0])).toEqual([
    'application/json',
    'application/json',
    'application/problem+json',
    'text/event-stream',
  ]);
  for (const { headers } of responses) {
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
  for (const response of responses) response.destroy();
});
