import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../src/providers/question-provider.ts';
import { errorCategories } from '../../src/telemetry/labels.ts';

describe('ProviderError', () => {
  test('is worth another attempt where time or chance may change the answer', () => {
    const retryable = errorCategories.filter((code) => new ProviderError(code, 'no').isRetryable);

    expect(retryable).toEqual(['rate_limit', 'server_error', 'network_error', 'model_error']);
  });

  test('says what it was told of the failure, and nothing that it was not', () => {
    const usage = { inputTokens: 10, outputTokens: 2, costUsd: 0.01 };
    const told = new ProviderError('model_error', 'refused', {
      isRetryable: false,
      retryAfterMs: 2_000,
      usage,
    });

    expect(told).toMatchObject({ isRetryable: false, retryAfterMs: 2_000, usage });
    expect(new ProviderError('rate_limit', 'slow down').retryAfterMs).toBeUndefined();
  });
});
