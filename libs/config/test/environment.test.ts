import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  ConfigError,
  childEnvironment,
  configDirectory,
  environmentName,
  repositoryRoot,
} from '../src/index.ts';

afterEach(() => vi.unstubAllEnvs());

describe('environmentName', () => {
  test.for([
    [{}, 'development'],
    [{ ENV: '', RAILWAY_ENVIRONMENT_NAME: '', NODE_ENV: '' }, 'development'],
    [{ NODE_ENV: 'production' }, 'production'],
    [{ ENV: 'dev', NODE_ENV: 'production' }, 'development'],
    [{ ENV: ' Prod ' }, 'production'],
    [{ RAILWAY_ENVIRONMENT_NAME: 'production', NODE_ENV: 'test' }, 'production'],
    [{ RAILWAY_ENVIRONMENT_NAME: 'pr-41' }, 'staging'],
    [{ RAILWAY_ENVIRONMENT_NAME: 'constructor' }, 'staging'],
    [{ NODE_ENV: 'test' }, 'test'],
  ] as const)('%o is %s', ([environment, expected]) => {
    expect(environmentName(environment)).toBe(expected);
  });

  test.for([{ ENV: 'prd' }, { NODE_ENV: 'live' }])('refuses to guess %o', (environment) => {
    expect(() => environmentName(environment)).toThrow(ConfigError);
  });
});

describe('childEnvironment', () => {
  test('is the environment of this process with the given variables over it', () => {
    vi.stubEnv('CONFIG_TEST_KEPT', 'kept');
    vi.stubEnv('CONFIG_TEST_CHANGED', 'old');
    vi.stubEnv('CONFIG_TEST_REMOVED', 'old');

    const environment = childEnvironment({
      CONFIG_TEST_CHANGED: 'new',
      CONFIG_TEST_REMOVED: undefined,
    });

    expect(environment).toMatchObject({ CONFIG_TEST_KEPT: 'kept', CONFIG_TEST_CHANGED: 'new' });
    expect(environment).not.toHaveProperty('CONFIG_TEST_REMOVED');
  });
});

describe('paths', () => {
  test('lead to this checkout', () => {
    expect(existsSync(join(repositoryRoot, 'pnpm-workspace.yaml'))).toBe(true);
    expect(existsSync(configDirectory)).toBe(true);
  });
});
