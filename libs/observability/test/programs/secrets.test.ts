import { runProgram, startOtlpReceiver, startSentryReceiver } from '@aiq/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plantedSecrets } from '../policy/planted-secrets.ts';
import { compileCache, programArguments } from './arguments.ts';

test('no secret reaches a receiver or the standard streams, whichever call carried it', async () => {
  await using otlp = await startOtlpReceiver();
  await using sentry = await startSentryReceiver();
  const planted = plantedSecrets.flatMap((kind) => fc.sample(kind, 1));

  const result = await runProgram('node', programArguments('secrets'), {
    input: JSON.stringify(planted.map(({ text }, index) => `case ${index}: ${text} (end)`)),
    env: {
      ...compileCache,
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: sentry.dsn,
      OBSERVABILITY_ERRORS: 'both',
      OBSERVABILITY_TRACES: 'both',
      OBSERVABILITY_LOGS: 'both',
      OBSERVABILITY_METRICS: 'both',
      SENTRY_TRACES_SAMPLE_RATE: '1',
    },
  });

  const outputs = {
    ...Object.fromEntries(otlp.requests.map(({ path, body }, index) => [`${path} ${index}`, body])),
    ...Object.fromEntries(
      sentry
        .items()
        .map(({ type, payload }, index) => [`${type} ${index}`, JSON.stringify(payload)]),
    ),
    ...Object.fromEntries(sentry.otlpRequests.map(({ body }, index) => [`spans ${index}`, body])),
    stdout: result.stdout,
    stderr: result.stderr,
  };
  const leaks = Object.entries(outputs).flatMap(([where, body]) => {
    const text = String(body);
    return planted.flatMap(({ kind, secret }) => {
      const at = [secret, encodeURIComponent(secret)].map((each) => text.indexOf(each));
      const found = Math.max(...at);
      return found < 0
        ? []
        : [`${where}: ${kind}: ${text.slice(Math.max(0, found - 120), found + 60)}`];
    });
  });
  expect(leaks).toEqual([]);
  expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/all said\n$/) });
  // Everything was said: the scrubbed texts did arrive, on every road.
  const last = `case ${planted.length - 1}: `;
  for (const road of ['/v1/traces', '/v1/logs', 'event', 'log', 'spans', 'stdout']) {
    const bodies = Object.entries(outputs).filter(([where]) => where.startsWith(road));
    expect([road, bodies.some(([, body]) => String(body).includes(last))]).toEqual([road, true]);
  }
  expect(sentry.items().some(({ type }) => type === 'trace_metric')).toBe(true);
}, 60_000);
