import { createTestObservability } from '@aiq/observability/testing';
import { type AnswerModel, startModelServer } from '@aiq/testing';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { loadServiceConfig } from '../../src/config.ts';
import type { ModelRequest } from '../../src/models/model-client.ts';
import type { ModelsSettings } from '../../src/models/model-settings.ts';
import { openModels } from '../../src/models/open-models.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';

/** Keys as an operator sets them; none may be seen anywhere. */
export const keys = {
  OPENAI_API_KEY: 'sk-proj-planted-openai-0123456789',
  ANTHROPIC_API_KEY: 'sk-ant-planted-anthropic-0123456789',
  GEMINI_API_KEY: 'planted-google-0123456789',
  XAI_API_KEY: 'xai-planted-0123456789',
};

/** The model that each provider is tried with. */
export const tried = {
  openai: 'openai/gpt-6.1-sol',
  anthropic: 'anthropic/claude-sonnet-5-5',
  google: 'google/gemini-3.8-flash',
  xai: 'xai/grok-4.7',
} as const;

/** Words that stand in prompts and completions, and may stand nowhere in telemetry. */
export const planted = { instructions: 'Marzipan instructions', prompt: 'Quokka prompt' };

export const colour = z.object({ colour: z.string(), wavelength: z.number() });
export const green = { colour: 'green of the Axolotl', wavelength: 530 };

/** A whole request for a colour. */
export const request = (
  overrides: Partial<ModelRequest<z.output<typeof colour>>> = {},
): ModelRequest<z.output<typeof colour>> => ({
  purpose: 'generation',
  schema: colour,
  instructions: planted.instructions,
  prompt: planted.prompt,
  attempt: 1,
  signal: AbortSignal.timeout(20_000),
  ...overrides,
});

/** The models of all four providers, as configuration has them, on a server that answers as it is told. */
export async function connectToServer(
  answer: AnswerModel,
  options: {
    readonly change?: (settings: ModelsSettings) => ModelsSettings;
    readonly now?: Date;
  } = {},
) {
  const server = await startModelServer(answer);
  onTestFinished(() => server.stop());
  const { models } = loadServiceConfig({
    ...keys,
    OPENAI_BASE_URL: server.baseUrls.openai,
    ANTHROPIC_BASE_URL: server.baseUrls.anthropic,
    GOOGLE_BASE_URL: server.baseUrls.google,
    XAI_BASE_URL: server.baseUrls.xai,
  });
  const memory = createTestObservability({ service: 'aiq-question-service', metrics });
  const now = () => options.now ?? new Date('2026-11-25T12:00:00Z');
  const telemetry = memory.observability;
  const { change = (settings) => settings } = options;
  const connected = await openModels(change(models), { telemetry, now });
  return {
    server,
    memory,
    client(reference: string) {
      const client = connected.clients.get(reference);
      if (client === undefined) throw new Error(`${reference} is not connected`);
      return client;
    },
    embedding(reference: string) {
      const client = connected.embeddings.get(reference);
      if (client === undefined) throw new Error(`${reference} is not connected`);
      return client;
    },
  };
}

/** Everything that telemetry in memory holds, as text. */
export function everythingIn(
  memory: Awaited<ReturnType<typeof connectToServer>>['memory'],
): string {
  const errors = memory.errors().map((each) => [each, each.error.message, each.error.stack]);
  const all = [memory.spans(), memory.logs(), memory.events(), memory.recorded(), errors];
  return JSON.stringify(all);
}
