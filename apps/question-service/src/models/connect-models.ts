import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createXai } from '@ai-sdk/xai';
import type { EmbeddingModel, LanguageModel } from 'ai';
import type { ModelName, ModelProviderName } from '../telemetry/labels.ts';
import { createEmbeddingClient } from './create-embedding-client.ts';
import { createModelClient } from './create-model-client.ts';
import type { EmbeddingClient } from './embedding-client.ts';
import type { ModelClient } from './model-client.ts';
import type { ModelsSettings } from './model-settings.ts';
import type { ConnectedModels, ModelsContext } from './open-models.ts';

/** What the AI SDK makes models of a provider with. */
interface Sdk {
  languageModel(model: string): LanguageModel;
  /** Absent where the provider has none. */
  embeddingModel?(model: string): EmbeddingModel;
}

interface Access {
  readonly apiKey: string;
  readonly baseURL: string;
}

const sdks: Readonly<Record<ModelProviderName, (access: Access) => Sdk>> = {
  openai: createOpenAI,
  anthropic: (access) => ({ languageModel: createAnthropic(access).languageModel }),
  google: createGoogle,
  xai: (access) => ({ languageModel: createXai(access).languageModel }),
};

/** Makes a client for each declared model. Loads the AI SDK: 0.4 s that a start without keys does not pay. */
export function connectModels(settings: ModelsSettings, context: ModelsContext): ConnectedModels {
  // The SDK would write to standard output and standard error.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const clients = new Map<string, ModelClient>();
  const embeddings = new Map<string, EmbeddingClient>();
  for (const [name, declared] of Object.entries(settings.providers)) {
    const provider = name as ModelProviderName;
    const { apiKey, baseUrl } = declared;
    if (apiKey === undefined) continue;
    const sdk = sdks[provider]({ apiKey, baseURL: baseUrl });
    for (const [id, { price }] of Object.entries(declared.models)) {
      const languageModel = sdk.languageModel(id);
      // One that is not in the closed set of labels is recorded as `other`.
      const model = id as ModelName;
      const { recordContent } = settings;
      const options = { ...context, provider, model, languageModel, price, recordContent };
      clients.set(`${provider}/${id}`, createModelClient(options));
    }
    for (const [id, { price }] of Object.entries(declared.embeddings)) {
      if (sdk.embeddingModel === undefined) continue;
      const embeddingModel = sdk.embeddingModel(id);
      const options = { ...context, provider, model: id as ModelName, embeddingModel, price };
      embeddings.set(`${provider}/${id}`, createEmbeddingClient(options));
    }
  }
  return { clients, embeddings };
}
