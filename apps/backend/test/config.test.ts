import { ConfigError } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { loadBackendConfig } from '../src/config.ts';

describe('loadBackendConfig', () => {
  test('needs nothing on a laptop, and listens on loopback', () => {
    const config = loadBackendConfig({});

    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8000, bodyLimitBytes: 65_536 });
    expect(config.database.url).toBeUndefined();
    expect(config.testSessions.adaptive).toMatchObject({ standardErrorTarget: 0.4, itemsMax: 30 });
  });

  test('draws another token secret at each start where none is set', () => {
    const secrets = [loadBackendConfig({}), loadBackendConfig({})].map(
      ({ auth }) => auth.tokenSecret,
    );

    expect(secrets[0]).not.toBe(secrets[1]);
    expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  });

  test('takes BACKEND_PORT before PORT', () => {
    const both = loadBackendConfig({ BACKEND_PORT: '8100', PORT: '9000' });
    const one = loadBackendConfig({ PORT: '9000' });

    expect([both.http.port, one.http.port]).toEqual([8100, 9000]);
  });

  test('listens on all addresses where it is deployed, and wants a token for metrics', () => {
    const config = loadBackendConfig({
      ENV: 'production',
      DATABASE_URL: 'postgresql://aiq@db.internal/aiq',
      AUTH_TOKEN_SECRET: 'x'.repeat(32),
    });

    expect(config.http.host).toBe('0.0.0.0');
    expect(config.metrics.required).toBe(true);
  });

  test('names all that is missing and wrong in production at once', () => {
    const error = problemsOf({
      ENV: 'production',
      BACKEND_PORT: 'many',
      BACKEND_ADMIN_TOKEN: 'short',
    });

    expect(error.problems.map(({ path }) => path).sort()).toEqual([
      'admin.token',
      'auth.tokenSecret',
      'database.url',
      'http.port',
    ]);
  });

  test.for([
    ['DATABASE_URL', 'mysql://localhost/aiq'],
    ['DATABASE_URL', 'not an address'],
    ['AUTH_TOKEN_SECRET', 'too short'],
    ['BACKEND_PORT', '70000'],
    ['BACKEND_AUTH_RATE_LIMIT', '0'],
    ['BACKEND_CORS_ORIGINS', '*'],
    ['BACKEND_CORS_ORIGINS', 'https://app.example.org/path'],
    ['BACKEND_CORS_ORIGINS', 'https://app.example.org,app.example.org'],
    ['BACKEND_CORS_ORIGINS', 'file:///etc'],
  ] as const)('refuses %s=%s', ([name, value]) => {
    expect(problemsOf({ [name]: value }).problems).toHaveLength(1);
  });

  test('does not show a secret that it refuses', () => {
    const error = problemsOf({ AUTH_TOKEN_SECRET: 'hunter2' });

    expect(error.message).not.toContain('hunter2');
  });
});

function problemsOf(environment: Record<string, string>): ConfigError {
  try {
    loadBackendConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}
