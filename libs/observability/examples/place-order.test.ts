// region test
import { createTestObservability } from '@aiq/observability/testing';
import { expect, test } from 'vitest';
import { metrics } from './catalogue.ts';
import { placeOrder } from './place-order.ts';

test('an order is counted by its channel', async () => {
  const telemetry = createTestObservability({ service: 'aiq-orders', metrics });

  await placeOrder(telemetry.observability, 'phone');

  expect(telemetry.metric('orders.placed', { channel: 'phone' })).toBe(1);
});
// endregion

test('an order that cannot be packed is reported, in its span', async () => {
  const telemetry = createTestObservability({ service: 'aiq-orders', metrics });

  await placeOrder(telemetry.observability, 'web', async () => {
    throw new Error('no boxes');
  });

  expect(telemetry.errors()).toHaveLength(1);
  expect(telemetry.spans().map(({ name }) => name)).toEqual(['orders.pack']);
});
