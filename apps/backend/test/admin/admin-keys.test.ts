import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKeysSchema, createFindAdminKey } from '../../src/admin/admin-keys.ts';
import { loadBackendConfig } from '../../src/config.ts';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';

describe('admin keys', () => {
  test('are read from name:token pairs', () => {
    const keys = adminKeysSchema(1).parse('question-service:abc=, operator:d.e~f');

    expect(keys).toEqual([
      { name: 'question-service', token: 'abc=' },
      { name: 'operator', token: 'd.e~f' },
    ]);
  });

  test.for([
    ['', 'no pair'],
    ['operator', 'no token'],
    ['operator:', 'an empty token'],
    ['Operator:secret-secret', 'a name in capitals'],
    ['operator:two words', 'a token that no header can carry'],
    ['operator:short', 'a token that is too short'],
    ['a:secret-secret-1,a:secret-secret-2', 'a name twice'],
  ] as const)('are refused as %j: %s', ([text]) => {
    const parsed = adminKeysSchema(12).safeParse(text);

    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).not.toContain('secret');
  });

  test('are found by their whole token alone', () => {
    const findKey = createFindAdminKey([
      { name: 'old', token: 'token-1' },
      { name: 'new', token: 'token-12' },
    ]);

    expect(
      ['token-1', 'token-12', 'token', 'token-123', ''].map((token) => findKey(token)?.name),
    ).toEqual(['old', 'new', undefined, undefined, undefined]);
  });

  test('are those of the variables, the unnamed one first', () => {
    const { admin } = loadBackendConfig({
      BACKEND_ADMIN_TOKEN: 'one',
      BACKEND_ADMIN_KEYS: 'next:two',
    });

    expect(admin.keys).toEqual([
      { name: 'default', token: 'one' },
      { name: 'next', token: 'two' },
    ]);
  });

  test('leave the name default to the unnamed one', () => {
    const load = () =>
      loadBackendConfig({ BACKEND_ADMIN_TOKEN: 'one', BACKEND_ADMIN_KEYS: 'default:two' });

    expect(load).toThrow(/admin\.keys/);
  });

  test.for([
    [15, false],
    [16, true],
  ] as const)('of %i characters suffice where the backend is deployed: %s', ([length, suffice]) => {
    const load = () =>
      loadBackendConfig({
        ENV: 'production',
        DATABASE_URL: 'postgresql://aiq@db.internal/aiq',
        AUTH_TOKEN_SECRET: 'x'.repeat(32),
        BACKEND_ADMIN_KEYS: `operator:${'y'.repeat(length)}`,
      });

    if (suffice) expect(load).not.toThrow();
    else expect(load).toThrow(/admin\.keys/);
  });
});

describe('while a key is exchanged', () => {
  let running: TestApp;

  beforeAll(async () => {
    running = await startTestApp({ environment: { BACKEND_ADMIN_KEYS: 'next:the-next-token' } });
  });
  afterAll(() => running.close());

  const list = (token: string) =>
    running.app.inject({
      url: '/v1/admin/generation-runs',
      headers: { authorization: `Bearer ${token}` },
    });

  test('both are taken, and the line of a request says which was used, by its name alone', async () => {
    const answers = [await list(adminToken), await list('the-next-token'), await list('another')];

    const used = running.telemetry
      .logs()
      .filter(({ attributes }) => attributes['admin.key'] !== undefined);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 401]);
    expect(used.map(({ attributes }) => attributes)).toMatchObject([
      { 'admin.key': 'default', 'http.response.status_code': 200 },
      { 'admin.key': 'next', 'http.route': '/v1/admin/generation-runs' },
    ]);
    expect(JSON.stringify(running.telemetry.logs())).not.toContain('the-next-token');
  });
});
