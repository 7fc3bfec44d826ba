import type { Telemetry } from '../telemetry/catalogue.ts';
import { type ModelProviderName, modelNames, modelProviderNames } from '../telemetry/labels.ts';
import type { EmbeddingClient } from './embedding-client.ts';
import type { ModelClient } from './model-client.ts';
import type { ModelsSettings } from './model-settings.ts';

export interface ModelsContext {
  readonly telemetry: Telemetry;
  readonly now: () => Date;
}

/** The clients of the models of all providers that have a key, by reference: `provider/model`. */
export interface ConnectedModels {
  readonly clients: ReadonlyMap<string, ModelClient>;
  readonly embeddings: ReadonlyMap<string, EmbeddingClient>;
}

/** The variable that holds the key of each provider. */
export const keyVariables: Readonly<Record<ModelProviderName, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  google: 'GOOGLE_GENERATIVE_AI_API_KEY',
  xai: 'XAI_API_KEY',
};

/**
 * Opens the models of the providers that have a key, and says in one line who is left out. Makes no request:
 * a wrong key shows at the first call.
 */
export async function openModels(
  settings: ModelsSettings,
  context: ModelsContext,
): Promise<ConnectedModels> {
  const { logger } = context.telemetry;
  const hasKey = (name: ModelProviderName) => settings.providers[name].apiKey !== undefined;
  const absent = modelProviderNames.filter((name) => !hasKey(name));
  const missing = absent.map((name) => `${name} (${keyVariables[name]})`).join(', ');
  if (absent.length === modelProviderNames.length) {
    logger.info(`no model provider has a key, the procedural author and judge work: ${missing}`);
    return { clients: new Map(), embeddings: new Map() };
  }
  if (absent.length > 0) logger.warn(`model providers without a key are left out: ${missing}`);

  const { connectModels } = await import('./connect-models.ts');
  const models = connectModels(settings, context);
  const unlisted = [...models.clients.values(), ...models.embeddings.values()]
    .map(({ model }) => model)
    .filter((model) => !modelNames.includes(model));
  if (unlisted.length > 0) {
    logger.warn(`models outside the metrics' labels are recorded as other: ${unlisted.join(', ')}`);
  }
  return models;
}
