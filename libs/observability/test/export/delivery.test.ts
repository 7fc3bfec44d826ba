import { describe, expect, test } from 'vitest';
import { createDelivery } from '../../src/export/delivery.ts';
import { toFailureReason } from '../../src/export/failure-reason.ts';

const errorOf = (message: string, code?: string | number) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('a failure', () => {
  test.each([
    [errorOf('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'), 'connection_refused'],
    [errorOf('read ECONNRESET', 'ECONNRESET'), 'connection_reset'],
    [errorOf('socket hang up'), 'connection_reset'],
    [errorOf('getaddrinfo ENOTFOUND nowhere', 'ENOTFOUND'), 'dns'],
    [errorOf('Request timed out'), 'timeout'],
    [errorOf('no answer in time'), 'timeout'],
    [errorOf('4 DEADLINE_EXCEEDED: Deadline exceeded', 4), 'timeout'],
    [errorOf('Unauthorized', 401), 'status_401'],
    [errorOf('16 UNAUTHENTICATED', 16), 'status_401'],
    [errorOf('Payload Too Large', 413), 'status_413'],
    [errorOf('Too Many Requests', 429), 'status_429'],
    [errorOf('Bad Request', 400), 'status_4xx'],
    [errorOf('Internal Server Error', 500), 'status_5xx'],
    [errorOf('14 UNAVAILABLE', 14), 'status_5xx'],
    [errorOf('whatever 7'), 'other'],
    [undefined, 'other'],
    ['a text', 'other'],
  ])('%s has the reason %s', (error, reason) => {
    expect(toFailureReason(error)).toBe(reason);
  });

  test('is counted by its reason', () => {
    const delivery = createDelivery('traces.otel', () => new Date());
    delivery.failed(2, errorOf('Bad Gateway', 502));
    delivery.failed(1, errorOf('Request timed out'));
    delivery.failed(3, errorOf('Bad Gateway', 502));
    expect(delivery.health()).toMatchObject({ failed: 6, failures: { status_5xx: 5, timeout: 1 } });
  });
});
