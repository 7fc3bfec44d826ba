import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { observabilityPlugin, observeUnrouted } from '../../../src/integrations/fastify/index.ts';
import { createTestObservability, telemetryMatchers } from '../../../src/testing/index.ts';

expect.extend(telemetryMatchers);

const telemetry = createTestObservability({ service: 'details' });
const { observability } = telemetry;
let app: FastifyInstance;

beforeAll(async () => {
  const options = {
    observability,
    errorTypeOf: (error: unknown) => (error as { known?: string }).known,
    slowRequestMs: 20,
  };
  app = Fastify({
    logger: false,
    frameworkErrors: (error, request, reply) => {
      reply.type('application/json').status(400 as never);
      observeUnrouted(options, request, reply, () => {
        const { traceId } = observability.activeTrace() ?? {};
        reply.send({ said: error.code, traceId } as never);
      });
    },
  });
  await app.register(observabilityPlugin, options);
  app.get('/v1/slow', () => sleep(40, {}));
  app.get('/v1/fast/:id', async () => {
    observability.setTag('thing.color', 'red');
    return {};
  });
  app.get('/v1/known', async () => {
    throw Object.assign(new Error('no'), { code: 'P1234', known: 'service_unavailable' });
  });
  app.get('/v1/unknown', async () => {
    throw Object.assign(new Error('no'), { code: 'P1234' });
  });
});
beforeEach(() => telemetry.reset());
afterAll(() => app.close());

test('a slow request is a warning, a fast one is not', async () => {
  await app.inject('/v1/slow');
  await app.inject('/v1/fast/1');

  expect(telemetry).toHaveLogged({ message: 'request completed slowly', level: 'warn' });
  expect(telemetry).toHaveLogged({ message: /^request completed$/, level: 'info' });
});

test('what was said of a request by tags stands in its line', async () => {
  await app.inject('/v1/fast/1');

  expect(telemetry).toHaveLogged({
    message: 'request completed',
    attributes: { 'thing.color': 'red', 'http.response.status_code': 200 },
  });
});

test.for<[string, string]>([
  ['/v1/known', 'service_unavailable'],
  ['/v1/unknown', 'P1234'],
])('what %s failed with is called %s', async ([url, name]) => {
  await app.inject(url);

  expect(telemetry.spans()).toMatchObject([{ attributes: { 'error.type': name } }]);
  expect(telemetry.metric('http.server.request.duration', { 'error.type': name })).toBe(1);
});

test('an address that no hook sees has a span, a request id and a measurement all the same', async () => {
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const reply = await fetch(`${url}/v1/fast/%`);
  await expect.poll(() => telemetry.spans()).toHaveLength(1);

  const [span] = telemetry.spans();
  expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await reply.json()).toEqual({ said: 'FST_ERR_BAD_URL', traceId: span?.traceId });
  expect(span).toMatchObject({ name: 'GET', attributes: { 'http.response.status_code': 400 } });
  expect(telemetry.metric('http.server.request.duration', { 'http.route': 'unmatched' })).toBe(1);
});
