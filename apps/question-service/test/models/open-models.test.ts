import { createTestObservability } from '@aiq/observability/testing';
import { describe, expect, test } from 'vitest';
import { loadServiceConfig } from '../../src/config.ts';
import { openModels } from '../../src/models/open-models.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { keys } from '../support/models.ts';

async function open(environment: Record<string, string>) {
  const memory = createTestObservability({ service: 'aiq-question-service', metrics });
  const { models } = loadServiceConfig(environment);
  const context = { telemetry: memory.observability, now: () => new Date() };
  const connected = await openModels(models, context);
  const lines = memory.logs().map(({ level, message }) => `${level}: ${message}`);
  return { lines, references: [...connected.clients.keys(), ...connected.embeddings.keys()] };
}

describe('openModels', () => {
  test('without any key connects nothing, and says that the procedural author and judge work', async () => {
    const { lines, references } = await open({});

    expect(references).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(/^info: no model provider has a key, the procedural .*XAI_API_KEY/),
    ]);
  });

  test('connects the models of those with a key, and names the others in one line', async () => {
    const { lines, references } = await open({
      GEMINI_API_KEY: keys.GEMINI_API_KEY,
      XAI_API_KEY: keys.XAI_API_KEY,
    });

    expect(references).toEqual([
      'google/gemini-3.8-flash',
      'xai/grok-4.7',
      'google/gemini-embedding-001',
    ]);
    expect(lines).toEqual([
      'warn: model providers without a key are left out: openai (OPENAI_API_KEY), anthropic (ANTHROPIC_API_KEY)',
    ]);
  });

  test('takes an empty key for none', async () => {
    expect((await open({ ...keys, OPENAI_API_KEY: '' })).references).not.toContain(
      'openai/gpt-6-luna',
    );
    expect((await open(keys)).lines).toEqual([]);
  });
});
