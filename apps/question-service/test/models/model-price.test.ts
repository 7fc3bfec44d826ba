import { describe, expect, test } from 'vitest';
import { costUsd } from '../../src/models/model-price.ts';
import { connectToServer, green, request, tried } from '../support/models.ts';

const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10, pricedAt: '2026-10-01' };
const tokens = { inputTokens: 1_500, outputTokens: 250 };
const at = new Date('2026-11-25T12:00:00Z');

describe('the cost of a call', () => {
  test('is its tokens at their prices for a million', () => {
    expect(costUsd(tokens, price, at)).toBeCloseTo(0.0055, 12);
    expect(costUsd({ inputTokens: 0, outputTokens: 0 }, price, at)).toBe(0);
  });

  test('is not known, and not zero, without a price', () => {
    expect(costUsd(tokens, undefined, at)).toBeUndefined();
  });

  test('is known through the last day of an offer, and not after', () => {
    const offer = { ...price, pricedUntil: '2026-12-31' };

    expect(costUsd(tokens, offer, new Date('2026-12-31T23:59:59Z'))).toBeCloseTo(0.0055, 12);
    expect(costUsd(tokens, offer, new Date('2027-01-01T00:00:00Z'))).toBeUndefined();
  });
});

test('a reply of a model whose price has ended is unpriced, with its tokens', async () => {
  const usage = { inputTokens: 100, outputTokens: 20 };
  const answer = { kind: 'json', value: green, usage } as const;
  const { client } = await connectToServer(() => answer, { now: new Date('2027-03-01') });

  expect((await client(tried.google).ask(request())).usage).toEqual(usage);
  expect((await client(tried.openai).ask(request())).usage).toHaveProperty('costUsd');
});
