import { ConfigError } from '@aiq/config';
import type { QuestionEmbedder } from './question-embedder.ts';

/** Embedders by the names that `deduplication.embedder` may give; each is made when it is chosen. */
export type EmbedderChoices = Readonly<Record<string, () => QuestionEmbedder>>;

/** @throws {ConfigError} invalid_configuration when no embedder has that name. */
export function selectEmbedder(name: string, choices: EmbedderChoices): QuestionEmbedder {
  const create = Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (create) return create();
  throw new ConfigError([
    {
      source: 'config/question-service/pipeline.yaml',
      path: 'deduplication.embedder',
      expected: `one of ${Object.keys(choices).join(', ')}`,
      actual: JSON.stringify(name),
    },
  ]);
}
