import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describe, expect, test } from 'vitest';
import { checkInstrumentation, judgeProbe } from '../../src/doctor/check-instrumentation.ts';
import { folder, patient } from './patient.ts';

const directory = join(repositoryRoot, 'libs/observability');
const span = (name: string, kind = 2) => ({ name, kind });

describe('a probe of the same set-up', { timeout: 60_000 }, () => {
  test.each(['lean', 'auto'])(
    'finds with the profile %s http and pg patched, and one SERVER span',
    async (profile) => {
      const results = await checkInstrumentation(
        patient({ OBSERVABILITY_INSTRUMENTATION: profile }, { directory, timeoutMs: 5_000 }),
      );

      expect(results).toMatchObject([
        { name: 'instrumentation: http', status: 'ok' },
        { name: 'instrumentation: pg', status: 'ok' },
        { status: 'ok', message: 'one request is one SERVER span, GET /probe/:id' },
      ]);
    },
  );

  test('does not look for pg where the service has none', async () => {
    const results = await checkInstrumentation(
      patient({}, { directory: folder(), timeoutMs: 5_000 }),
    );

    expect(results[1]).toMatchObject({ name: 'instrumentation: pg', status: 'skipped' });
  });

  test('that cannot run says why', async () => {
    const results = await checkInstrumentation(patient({}, { directory: '/nowhere/at/all' }));

    expect(results).toMatchObject([
      { status: 'failed', message: expect.stringContaining('the probe failed') },
    ]);
  });

  test('is not run where OpenTelemetry is off', async () => {
    const results = await checkInstrumentation(patient({ OTEL_SDK_DISABLED: 'true' }));

    expect(results).toMatchObject([{ status: 'skipped' }]);
  });
});

test('a module that is not patched fails, and says which order is right', () => {
  const results = judgeProbe({ http: false, pg: false }, [span('GET /probe/:id')]);

  expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'ok']);
  expect(results[0]?.advice).toContain('node --import');
});

test.each([
  ['no SERVER span', [span('GET', 3)], 'made no SERVER span'],
  ['two SERVER spans', [span('GET'), span('request')], 'made 2 SERVER spans: GET, request'],
])('%s for one request fails', (_case, spans, message) => {
  expect(judgeProbe({ http: true, pg: true }, spans)[2]).toMatchObject({
    status: 'failed',
    message: expect.stringContaining(message),
    advice: expect.any(String),
  });
});
