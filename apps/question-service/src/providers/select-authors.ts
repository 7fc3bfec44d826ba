import type { ModelClient } from '../models/model-client.ts';
import { type GeneratorsSettings, offlineAuthor } from '../models/model-settings.ts';
import { type QuestionType, questionTypes } from '../questions/question.ts';
import { createModelProvider } from './model-provider.ts';
import { proceduralProvider } from './procedural-provider.ts';
import type { QuestionProvider } from './question-provider.ts';

/** The authors of each type of question: the first writes, the others stand in for it in their order. */
export type Authors = Readonly<Record<QuestionType, readonly QuestionProvider[]>>;

/**
 * Makes authors of the configured models. Those whose provider has no key are left out; where that leaves
 * none, the procedural author writes.
 */
export function selectAuthors(
  settings: GeneratorsSettings,
  clients: ReadonlyMap<string, ModelClient>,
): Authors {
  const authors = new Map<string, QuestionProvider>([[offlineAuthor, proceduralProvider]]);
  const options = { batchSizeMax: settings.questionsPerCallMax };
  for (const [reference, client] of clients) {
    authors.set(reference, createModelProvider(client, options));
  }
  const selected = {} as Record<QuestionType, readonly QuestionProvider[]>;
  for (const type of questionTypes) {
    const chosen = settings.types[type].flatMap((reference) => authors.get(reference) ?? []);
    selected[type] = chosen.length > 0 ? chosen : [proceduralProvider];
  }
  return selected;
}
