import { ConfigError } from '@aiq/config';
import { keyVariables } from '../models/open-models.ts';
import type { QuestionEmbedder } from './question-embedder.ts';

/** Embedders by the names that `deduplication.embedder` may give; each is made when it is chosen. */
export type EmbedderChoices = Readonly<Record<string, () => QuestionEmbedder>>;

/**
 * @throws {ConfigError} invalid_configuration when no embedder has that name: there is none, or its provider has
 * no key. Nothing stands in: vectors of another model could not be compared with those of the bank.
 */
export function selectEmbedder(name: string, choices: EmbedderChoices): QuestionEmbedder {
  const create = Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (create) return create();
  const known = Object.keys(choices).join(', ');
  const [provider = ''] = name.split('/');
  const variable = Object.entries(keyVariables).find(([key]) => key === provider)?.[1];
  throw new ConfigError([
    {
      source: 'config/question-service/pipeline.yaml',
      path: 'deduplication.embedder',
      expected: `one of ${known}${variable ? `; models of ${provider} need ${variable}` : ''}`,
      actual: JSON.stringify(name),
    },
  ]);
}
