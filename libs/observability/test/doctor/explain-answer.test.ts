import { expect, test } from 'vitest';
import { describeAuthorization, explainAnswer } from '../../src/doctor/explain-answer.ts';
import type { OtlpAnswer } from '../../src/doctor/otlp-request.ts';

const url = 'https://collector.example:4317';
const grpc = {
  endpoint: url,
  protocol: 'grpc',
  headers: {},
  compression: 'gzip',
  timeoutMs: 1_000,
} as const;
const http = { ...grpc, protocol: 'http/protobuf' } as const;
const grafana = { ...http, endpoint: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp' };

const explain = (answer: Omit<OtlpAnswer, 'url'>, target: typeof grpc | typeof http = http) =>
  explainAnswer({ url, ...answer }, target);

test.each<[number, string]>([
  [16, 'No Authorization header is sent'],
  [7, 'No Authorization header is sent'],
  [12, 'takes no OTLP for this signal'],
  [13, 'look at its own logs'],
])('gRPC status %i says what to do', (grpcStatus, advice) => {
  expect(explain({ status: 200, grpcStatus }, grpc)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining(`gRPC status ${grpcStatus}`),
    advice: expect.stringContaining(advice),
  });
});

test('gRPC answered by plain HTTP is another protocol, whatever the status', () => {
  expect(explain({ status: 200 }, grpc)).toMatchObject({
    status: 'failed',
    advice: expect.stringContaining('OTEL_EXPORTER_OTLP_PROTOCOL'),
  });
});

test.each([
  ['ENOTFOUND', 'name is not known'],
  ['EAI_AGAIN', 'name is not known'],
  ['UND_ERR_HEADERS_TIMEOUT', 'No answer within 1000 ms'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'https against a plain port'],
  ['ECONNRESET', 'was addressed by HTTP'],
])('no answer because of %s says what to do', (failure, advice) => {
  expect(explain({ failure })).toMatchObject({
    status: 'failed',
    message: expect.stringContaining(failure),
    advice: expect.stringContaining(advice),
  });
});

test('a status that nobody foresaw is told with what the receiver said', () => {
  expect(explain({ status: 418, text: 'teapot' })).toMatchObject({
    status: 'failed',
    message: `${url} answered 418: teapot`,
    advice: expect.stringContaining('see that the address is an OTLP endpoint'),
  });
});

test('Grafana Cloud is told by its host, and gets its own advice alone', () => {
  const { advice } = explainAnswer({ url, status: 401 }, grafana);
  expect(advice).toContain('instance id is the number of the OTLP page');
  expect(advice).not.toContain('Set what the receiver wants');
});

test('a header of another scheme is told without being shown', () => {
  expect(describeAuthorization('Digest hunter2')).toBe(
    'The Authorization header has neither Basic nor Bearer.',
  );
});
