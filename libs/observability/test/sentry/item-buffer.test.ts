import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDelivery } from '../../src/export/delivery.ts';
import { createItemBuffer } from '../../src/sentry/item-buffer.ts';

function createBuffer(send: (items: readonly number[]) => Promise<unknown>, intervalMs = 60_000) {
  const delivery = createDelivery('logs.sentry', () => new Date(), { capacity: 5 });
  const buffer = createItemBuffer<number>({
    delivery,
    send,
    intervalMs,
    batchMax: 3,
  });
  return { buffer, delivery, health: () => delivery.health() };
}

describe('the buffer of Sentry items', () => {
  test('sends nothing in the turn of the caller, and a full batch right after it', async () => {
    const sent: (readonly number[])[] = [];
    const { buffer } = createBuffer(async (items) => sent.push(items));
    for (const item of [1, 2, 3, 4]) buffer.add(item);
    expect(sent).toEqual([]);
    await nextTurn();
    await nextTurn();
    expect(sent).toEqual([[1, 2, 3], [4]]);
    buffer.stop();
  });

  test('sends what waits by interval', async () => {
    const sent = new Promise((resolve) => {
      createBuffer(async (items) => resolve(items), 5).buffer.add(1);
    });
    expect(await sent).toEqual([1]);
  });

  test('holds no more than its capacity, on the way included, and counts what it drops', async () => {
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { buffer, delivery, health } = createBuffer((items) =>
      arrived.then(() => delivery.exported(items.length)),
    );
    for (let item = 0; item < 4; item += 1) buffer.add(item);
    buffer.flush();
    for (let item = 0; item < 10; item += 1) buffer.add(item);
    expect(health()).toMatchObject({ dropped: 9, queue: { size: 5, capacity: 5 } });
    arrive();
    await nextTurn();
    expect(health()).toMatchObject({
      exported: 5,
      dropped: 9,
      queue: { size: 0, capacity: 5 },
    });
    buffer.stop();
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('lets go of what a transport that %s was given', async (_how, send) => {
    const { buffer, health } = createBuffer(send);
    buffer.add(1);
    buffer.flush();
    await nextTurn();
    expect(health().queue).toEqual({ size: 0, capacity: 5 });
  });
});
