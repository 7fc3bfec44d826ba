import { expect, test } from 'vitest';
import { heldItems } from './ledger.ts';

test('what was made and has not ended is held, counted for the destination that holds most', () => {
  const signal = (exported: number, failed = 0, dropped = 0) => ({ exported, failed, dropped });
  const signals = {
    'traces.otel': signal(100),
    'traces.sentry': signal(60, 20, 5),
    'logs.otel': signal(10),
    'logs.sentry': signal(9, 1),
    'errors.sentry': signal(2),
  };
  const produced = { spans: 100, logs: 10, errors: 2, orders: 10 };

  expect(heldItems({ produced, health: { signals } })).toBe(15);
  expect(heldItems({ produced: { ...produced, spans: 2_200 }, health: { signals } })).toBe(2_115);
});
