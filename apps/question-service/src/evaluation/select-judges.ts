import type { ModelClient } from '../models/model-client.ts';
import { type JudgesSettings, offlineJudge } from '../models/model-settings.ts';
import type { ProviderName } from '../telemetry/labels.ts';
import { createModelJudge, type ModelJudgeOptions } from './model-judge.ts';
import { proceduralJudge, type QuestionJudge } from './question-judge.ts';

/**
 * Makes judges of the configured models: for each author its own, in order of preference. Those whose provider
 * has no key are left out, also where that leaves none.
 */
export function selectJudges(
  settings: JudgesSettings,
  clients: ReadonlyMap<string, ModelClient>,
  options: Omit<ModelJudgeOptions, 'client'>,
): (author: ProviderName) => readonly QuestionJudge[] {
  const judges = new Map<string, QuestionJudge>([[offlineJudge, proceduralJudge]]);
  for (const [reference, client] of clients) {
    judges.set(reference, createModelJudge({ ...options, client }));
  }
  return (author) => settings[author].flatMap((reference) => judges.get(reference) ?? []);
}
