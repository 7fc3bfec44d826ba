import { describe, expect, test } from 'vitest';
import { summaryText } from '../../src/commands/summary-text.ts';
import { createFaultyHarness } from '../support/faulty-harness.ts';
import { countRequest } from '../support/harness.ts';

const oneStratum = { types: ['math'], difficulties: ['easy'] } as const;

describe('summaryText', () => {
  test('shows who wrote in whose place, what went wrong on the way, and what each model cost', async () => {
    const harness = await createFaultyHarness({ authors: [['server_error', 'rate_limit'], []] });

    const text = summaryText(await harness.run(countRequest(10, oneStratum)));

    expect(text).toMatch(/anthropic\s+10\s+5\s+5\s+5/);
    expect(text).toMatch(/openai\s+0\s+5\s+5\s+5/);
    expect(text).toContain('errors   1 server error, 1 rate limit; 1 retries, 1 fallbacks');
    expect(text).toMatch(/\$0\.0200 google\/resolve-v1: 20 calls, 200 tokens in, 400 out/);
  });

  test('is silent of what did not happen', async () => {
    const harness = await createFaultyHarness({});

    const text = summaryText(await harness.run(countRequest(5, oneStratum)));

    expect(text).not.toMatch(/errors|fallbacks|provider/);
  });
});
