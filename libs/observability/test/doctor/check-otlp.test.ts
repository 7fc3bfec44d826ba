import { freePort, startOtlpReceiver } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { checkOtlp } from '../../src/doctor/check-otlp.ts';
import { type Answer, answering } from './answers.ts';
import { patient } from './patient.ts';

const grafana = 'otlp-gateway-prod-eu-west-2.grafana.net/otlp';

async function tracesOf(variables: Record<string, string>) {
  const { results } = await checkOtlp(patient(variables, { timeoutMs: 500 }));
  return results.find(({ name }) => name === 'OTLP traces');
}

const at = async (answer: Answer | 'hang', variables: Record<string, string> = {}) => {
  const { url } = await answering(answer);
  return tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ...variables });
};

describe('a receiver that works', () => {
  test.each(['http/protobuf', 'http/json', 'grpc'])(
    'takes an empty export of each signal over %s, with the headers',
    async (protocol) => {
      await using receiver = await startOtlpReceiver();
      const url = protocol === 'grpc' ? receiver.grpcUrl : receiver.url;

      const { results, clocks } = await checkOtlp(
        patient({
          OTEL_EXPORTER_OTLP_ENDPOINT: url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc',
        }),
      );

      expect(results.map(({ name, status }) => [name, status])).toEqual([
        ['OTLP traces', 'ok'],
        ['OTLP metrics', 'ok'],
        ['OTLP logs', 'ok'],
      ]);
      expect(receiver.requests).toHaveLength(3);
      for (const { headers, error } of receiver.requests) {
        expect([headers['authorization'], error]).toEqual(['Basic abc', undefined]);
      }
      expect(receiver.spans()).toEqual([]);
      if (protocol !== 'grpc') expect(clocks).toHaveLength(3);
    },
  );

  test('is asked for the enabled signals alone', async () => {
    const { url, requests } = await answering({ status: 200 });

    const { results } = await checkOtlp(
      patient({
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_METRICS_ENABLED: 'false',
        OBSERVABILITY_LOGS: 'none',
      }),
    );

    expect(results.map(({ status }) => status)).toEqual(['ok', 'skipped', 'skipped']);
    expect(requests.map(({ path }) => path)).toEqual(['/v1/traces']);
  });
});

describe('each failure says what to do', () => {
  test.each([
    ['no credentials', '', 'No Authorization header is sent'],
    ['a Bearer token', 'Authorization=Bearer%20glc_x', 'A Bearer token is sent'],
    ['a token without its id', 'Authorization=Basic%20Z2xjX3g=', 'not base64 of <instance id>:'],
    ['well-formed ones', 'Authorization=Basic%20MTIzOmdsY194', 'expired or without the scope'],
  ])('401 with %s', async (_case, headers, found) => {
    const result = await at({ status: 401 }, { OTEL_EXPORTER_OTLP_HEADERS: headers });

    expect(result).toMatchObject({ status: 'failed' });
    expect(result?.message).toContain('answered 401');
    expect(result?.advice).toContain(found);
    expect(result?.advice).toContain(
      'Basic base64(<instance id>:<token>) over http/protobuf'.replace(
        '<token>) over',
        '<token>)` over',
      ),
    );
    expect(JSON.stringify(result)).not.toContain('glc_x');
  });

  test.each<[number, string]>([
    [403, 'metrics:write'],
    [404, 'the one before /v1/<signal>'],
    [415, 'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf'],
    [302, 'follow no redirects'],
    [503, 'look at its own logs'],
  ])('%i', async (status, advice) => {
    expect(await at({ status, body: 'reason' })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining(`answered ${status}: reason`),
      advice: expect.stringContaining(advice),
    });
  });

  test('404 where /v1/traces is written twice', async () => {
    const { url } = await answering({ status: 404 });

    const result = await tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/v1/traces` });

    expect(result?.advice).toContain('leave out /v1/');
  });

  test('429 is a warning: the address and the credentials are right', async () => {
    expect(await at({ status: 429 })).toMatchObject({ status: 'warning' });
  });

  test('nothing listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;

    expect(await tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('Nothing listens there'),
    });
  });

  test('a receiver that hangs is given up in time', async () => {
    const startedMs = performance.now();

    const result = await at('hang');

    expect(performance.now() - startedMs).toBeLessThan(3_000);
    expect(result).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('timeout'),
      advice: expect.stringContaining('No answer within 500 ms'),
    });
  });

  test('http/protobuf against a gRPC port, and gRPC against an HTTP port', async () => {
    await using receiver = await startOtlpReceiver();

    const results = [
      await tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.grpcUrl }),
      await tracesOf({
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      }),
    ];

    for (const result of results) {
      expect(result?.status).toBe('failed');
      expect(result?.advice).toContain('was addressed by HTTP');
    }
  });

  test('no endpoint in production', async () => {
    const { results } = await checkOtlp(patient({ ENV: 'production' }));

    expect(results).toMatchObject([
      { status: 'failed', advice: expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT') },
    ]);
  });
});

test('what is switched off is not asked', async () => {
  const { url, requests } = await answering({ status: 200 });
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: url };

  for (const off of [{ OTEL_SDK_DISABLED: 'true' }, { OTEL_EXPORTER: 'none' }]) {
    const { results } = await checkOtlp(patient({ ...endpoint, ...off }));
    expect(results).toMatchObject([{ status: 'skipped' }]);
  }
  expect(requests).toEqual([]);
});

test('Grafana’s base address without /otlp is told from other wrong paths', async () => {
  const { explainAnswer } = await import('../../src/doctor/explain-answer.ts');
  const endpoint = `https://${grafana.replace('/otlp', '')}`;
  const target = {
    endpoint,
    protocol: 'http/protobuf' as const,
    headers: {},
    compression: 'gzip' as const,
    timeoutMs: 1,
  };

  expect(explainAnswer({ url: endpoint, status: 404 }, target).advice).toContain('ends with /otlp');
});
