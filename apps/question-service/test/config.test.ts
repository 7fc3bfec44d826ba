import { ConfigError } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { cliEnvironment, loadServiceConfig } from '../src/config.ts';
import { configFile } from './support/services.ts';

const deployed = { ENV: 'production', DATABASE_URL: 'postgresql://host/aiq' };

describe('loadServiceConfig', () => {
  test('listens on loopback in development and everywhere in production, unless HOST says otherwise', () => {
    expect(loadServiceConfig({}).server).toMatchObject({ host: '127.0.0.1', port: 8001 });
    expect(loadServiceConfig(deployed).server.host).toBe('0.0.0.0');
    expect(loadServiceConfig({ ...deployed, HOST: '::' }).server.host).toBe('::');
  });

  test('takes its port from QUESTION_SERVICE_PORT before PORT', () => {
    expect(loadServiceConfig({ PORT: '9000' }).server.port).toBe(9000);
    const both = { PORT: '9000', QUESTION_SERVICE_PORT: '9001' };
    expect(loadServiceConfig(both).server.port).toBe(9001);
  });

  test('needs a database where users are served, and none on a laptop', () => {
    expect(loadServiceConfig({}).databaseUrl).toBeUndefined();
    expect(() => loadServiceConfig({ ENV: 'production' })).toThrow(ConfigError);
    expect(() => loadServiceConfig({ RAILWAY_ENVIRONMENT_NAME: 'pr-12' })).toThrow(/DATABASE_URL/);
  });

  test('schedules runs where it is deployed, and on a laptop only when it is told to', () => {
    expect(loadServiceConfig({}).schedule.enabled).toBe(false);
    expect(loadServiceConfig({ SCHEDULE_ENABLED: 'true' }).schedule.enabled).toBe(true);
    expect(loadServiceConfig(deployed).schedule.enabled).toBe(true);
    expect(loadServiceConfig({ ...deployed, SCHEDULE_ENABLED: 'false' }).schedule.enabled).toBe(
      false,
    );
  });

  test.for(['', 'nightly', '0 2 * *', '0 2 * * * *', '0 2 * * $'])(
    'refuses "%s" as a schedule',
    (cron) => {
      expect(() =>
        loadServiceConfig({ QUESTION_SERVICE_CONFIG: configFile({ schedule: { cron } }) }),
      ).toThrow(/cron expression of five fields/);
    },
  );

  test('cannot be changed', () => {
    const config = loadServiceConfig({});

    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.generation)).toBe(true);
  });
});

describe('cliEnvironment', () => {
  test('logs warnings alone, unless LOG_LEVEL says otherwise', () => {
    expect(cliEnvironment({})['LOG_LEVEL']).toBe('warn');
    expect(cliEnvironment({ LOG_LEVEL: 'debug' })['LOG_LEVEL']).toBe('debug');
  });
});
