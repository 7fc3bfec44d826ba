import { ConfigError } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { backendConfigSchema, loadBackendConfig } from '../src/config.ts';

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

describe('the shares of types and levels', () => {
  test('are equal by default', () => {
    const { typeWeights, fixed } = loadBackendConfig({}).testSessions;

    expect(Object.values(typeWeights)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(Object.values(fixed.difficultyMix)).toEqual([1, 1, 1]);
  });
});

describe('the schema of test sessions', () => {
  const schema = backendConfigSchema('test').shape.testSessions;
  const none = { pattern: 0, logic: 0, spatial: 0, math: 0, verbal: 0, memory: 0 };
  const valid = schema.parse({
    typeWeights: {},
    fixed: { difficultyMix: {} },
    adaptive: {},
  });

  test.for([
    ['types that all weigh 0', { typeWeights: none }, 'typeWeights'],
    ['a type that is none', { typeWeights: { colour: 1 } }, 'typeWeights'],
    ['a negative weight', { typeWeights: { logic: -1 } }, 'typeWeights.logic'],
    ['a share of a question', { typeWeights: { logic: 0.5 } }, 'typeWeights.logic'],
    [
      'levels that all weigh 0',
      { fixed: { items: 18, difficultyMix: { easy: 0, medium: 0, hard: 0 } } },
      'fixed.difficultyMix',
    ],
    [
      'more items at least than at most',
      { adaptive: { itemsMin: 31, itemsMax: 30 } },
      'adaptive.itemsMin',
    ],
    ['a negative pause', { retakeAfterSeconds: -1 }, 'retakeAfterSeconds'],
  ] as const)('refuses %s', ([, change, path]) => {
    const parsed = schema.safeParse({ ...valid, ...change });

    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
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
