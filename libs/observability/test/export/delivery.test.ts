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

describe('what is taken in', () => {
  const createBounded = () => createDelivery('traces.otel', () => new Date(), { capacity: 3 });

  test('has a bound, and what finds no room is dropped', () => {
    const delivery = createBounded();
    expect([1, 2, 3, 4].map(() => delivery.admit())).toEqual([true, true, true, false]);
    delivery.exported(1);
    expect(delivery.admit()).toBe(true);
    expect(delivery.health()).toMatchObject({
      exported: 1,
      dropped: 1,
      queue: { size: 3, capacity: 3 },
    });
  });

  test('is waited for, however it ends, and no longer than for what came before', async () => {
    const delivery = createBounded();
    await delivery.settled();
    for (let item = 0; item < 3; item += 1) delivery.admit();
    const order: string[] = [];
    const settled = delivery.settled().then(() => order.push('settled'));
    delivery.exported(1);
    delivery.failed(1, new Error('no'));
    delivery.admit();
    await Promise.resolve();
    order.push('one is out');
    delivery.dropped(1);
    await settled;
    expect(order).toEqual(['one is out', 'settled']);
  });

  test('has failed at the end where it did not arrive, and an answer that comes later does not count', () => {
    const delivery = createBounded();
    for (let item = 0; item < 3; item += 1) delivery.admit();
    delivery.exported(1);
    delivery.close();
    delivery.exported(2);
    delivery.failed(2, new Error('late'));
    expect(delivery.admit()).toBe(false);
    delivery.close();
    expect(delivery.health()).toMatchObject({
      exported: 1,
      failed: 2,
      dropped: 1,
      failures: { timeout: 2 },
      queue: { size: 0 },
    });
  });
});
