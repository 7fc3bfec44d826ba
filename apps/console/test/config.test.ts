import { expect, test } from 'vitest';
import { loadConsoleConfig } from '../src/config.ts';
import { mebibyte, testLimits } from './running-console.ts';

test('without variables the limits are those that are documented', () => {
  expect(loadConsoleConfig({})).toEqual({ port: 4318, limits: testLimits });
});

test('every limit has its variable', () => {
  const config = loadConsoleConfig({
    CONSOLE_PORT: '0',
    CONSOLE_SPANS_MAX: '1',
    CONSOLE_LOGS_MAX: '2',
    CONSOLE_ERRORS_MAX: '3',
    CONSOLE_SERIES_MAX: '4',
    CONSOLE_HISTORY_MAX: '9',
    CONSOLE_STORE_BYTES_MAX: String(mebibyte),
    CONSOLE_BODY_BYTES_MAX: '2048',
  });

  expect(config).toEqual({
    port: 0,
    limits: {
      spansMax: 1,
      logsMax: 2,
      errorsMax: 3,
      seriesMax: 4,
      historyMax: 9,
      bytesMax: mebibyte,
      bodyBytesMax: 2048,
    },
  });
});

test('all settings that cannot be are told at once', () => {
  expect(() => loadConsoleConfig({ CONSOLE_PORT: '70000', CONSOLE_LOGS_MAX: 'all' })).toThrow(
    /http\.port[\s\S]*store\.logsMax/,
  );
});
