import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { startOtlpReceiver, startSentryReceiver } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { diagnose, formatDiagnosis } from '../../src/doctor/index.ts';
import { folder, patient } from './patient.ts';

const options = (variables: Record<string, string>) => ({
  service: 'aiq-backend',
  directory: join(repositoryRoot, 'apps/backend'),
  environment: patient(variables).environment,
  firstProcess: 'init',
});
const secret = 'glc_hunter2';
const credentials = Buffer.from(`123:${secret}`).toString('base64');

// Node.js is started twice.
describe('a service whose receivers work', { timeout: 60_000 }, () => {
  test('is well, by every check, and its secrets are shown to nobody', async () => {
    await using otlp = await startOtlpReceiver();
    await using sentry = await startSentryReceiver();

    const diagnosis = await diagnose(
      options({
        OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
        OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Basic%20${credentials}`,
        SENTRY_DSN: sentry.dsn,
      }),
    );

    expect(diagnosis.checks.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(diagnosis).toMatchObject({ service: 'aiq-backend', healthy: true });
    expect(diagnosis.settings).toContainEqual({
      path: 'otel.headers.Authorization',
      shown: '***',
      source: 'variable OTEL_EXPORTER_OTLP_HEADERS',
    });
    const printed = `${JSON.stringify(diagnosis)}${formatDiagnosis(diagnosis, { isColored: true, root: '/' })}`;
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain(credentials);
    expect(printed).not.toContain('publickey');
  });
});

test('a conflict of variables is a warning that names both, and the service is well', async () => {
  const diagnosis = await diagnose({
    ...options({ OTEL_SDK_DISABLED: 'true', OTEL_ENABLED: 'true' }),
    directory: folder(),
  });

  expect(diagnosis.checks[0]).toEqual({
    name: 'configuration',
    status: 'warning',
    message: 'OTEL_SDK_DISABLED and OTEL_ENABLED contradict each other: OTEL_SDK_DISABLED is used',
    advice: 'Unset OTEL_ENABLED.',
  });
});

describe('a service with a configuration that is not valid', () => {
  test('is told all that is wrong with it, and nothing else is tried', async () => {
    const directory = folder({ 'default.yaml': 'otel: { endpiont: http://x }\n' });

    const diagnosis = await diagnose({ ...options({}), configDirectory: directory });

    expect(diagnosis).toMatchObject({ healthy: false, checks: [{ name: 'configuration' }] });
    expect(diagnosis.checks[0]?.message).toContain('endpiont');
  });
});

describe('a diagnosis on paper', () => {
  const diagnosis = {
    service: 'aiq-x',
    environment: 'production',
    settings: [
      { path: 'otel.endpoint', shown: '"http://a"', source: '/root/config/default.yaml:3' },
    ],
    checks: [
      { name: 'clock', status: 'ok', message: 'within 10 s' },
      { name: 'Sentry', status: 'failed', message: 'answered 401', advice: 'Copy the DSN.' },
    ],
    healthy: false,
  } as const;

  test('has each value with its source, each check, and what to do', () => {
    expect(formatDiagnosis(diagnosis, { isColored: false, root: '/root' })).toBe(
      [
        'aiq-x (production)',
        '',
        '  otel.endpoint  "http://a"  ← config/default.yaml:3',
        '',
        '  ok       clock: within 10 s',
        '  FAILED   Sentry: answered 401',
        '           → Copy the DSN.',
        '',
        'aiq-x: 1 failed.',
      ].join('\n'),
    );
  });

  test('is coloured for terminals alone', () => {
    const escapeCode = '\u001b[';

    expect(formatDiagnosis(diagnosis, { isColored: false, root: '/' })).not.toContain(escapeCode);
    expect(formatDiagnosis(diagnosis, { isColored: true, root: '/' })).toContain(
      `${escapeCode}31m`,
    );
  });
});
