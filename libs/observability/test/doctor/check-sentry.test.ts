import { freePort, startSentryReceiver } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { checkSentry } from '../../src/doctor/check-sentry.ts';
import { type Answer, answering } from './answers.ts';
import { patient } from './patient.ts';

const dsnAt = (url: string) => `${url.replace('://', '://key@')}/7`;

describe('the DSN', () => {
  test('is accepted by an envelope that makes no event', async () => {
    await using receiver = await startSentryReceiver();

    const { result, clock } = await checkSentry(patient({ SENTRY_DSN: receiver.dsn }));

    expect(result).toMatchObject({ name: 'Sentry', status: 'ok' });
    expect(receiver.requests[0]?.headers['x-sentry-auth']).toContain('sentry_key=publickey');
    expect(receiver.items().map(({ type }) => type)).toEqual(['client_report']);
    expect(receiver.events()).toEqual([]);
    expect(clock?.theirsMs).toBeGreaterThan(0);
  });

  test.each<[Answer | 'hang', string, string]>([
    [{ status: 401 }, 'failed', 'Client Keys'],
    [{ status: 403, body: 'ProjectId' }, 'failed', 'Client Keys'],
    [{ status: 404 }, 'failed', 'Not a Sentry ingest'],
    [{ status: 429 }, 'warning', 'quota'],
    ['hang', 'failed', 'firewall'],
  ])('that is answered by %o is %s', async (answer, status, advice) => {
    const { url } = await answering(answer);

    const { result } = await checkSentry(patient({ SENTRY_DSN: dsnAt(url) }, { timeoutMs: 300 }));

    expect(result).toMatchObject({ status, advice: expect.stringContaining(advice) });
    expect(result.message).not.toContain('key@');
  });

  test('where nothing listens', async () => {
    const dsn = dsnAt(`http://127.0.0.1:${await freePort()}`);

    const { result } = await checkSentry(patient({ SENTRY_DSN: dsn }));

    expect(result).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('that has a path before the project keeps it', async () => {
    const { url, requests } = await answering({ status: 200 });

    await checkSentry(patient({ SENTRY_DSN: `${url.replace('://', '://key@')}/sentry/7` }));

    expect(requests.map(({ path }) => path)).toEqual(['/sentry/api/7/envelope/']);
  });
});

test('a missing DSN is nothing on a laptop and a warning in production', async () => {
  const status = async (ENV: string) => (await checkSentry(patient({ ENV }))).result.status;

  expect([await status('development'), await status('production')]).toEqual(['skipped', 'warning']);
});

test('Sentry is not asked where nothing is routed to it', async () => {
  const { result } = await checkSentry(patient({ OBSERVABILITY_ERRORS: 'otel' }));

  expect(result.status).toBe('skipped');
});
