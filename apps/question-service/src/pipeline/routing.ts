import type { QuestionJudge } from '../evaluation/question-judge.ts';
import type { QuestionProvider } from '../providers/question-provider.ts';
import { type QuestionType, questionTypes } from '../questions/question.ts';
import type { ProviderName } from '../telemetry/labels.ts';

/** Who writes and who judges, each in the order in which they are asked. */
export interface Routing {
  /** Of a type: the author that is planned, then those that take its batches over. There is at least one. */
  authorsOf(type: QuestionType): readonly QuestionProvider[];
  /** Of what an author wrote: judges of other providers, and the procedural judge of what it can re-solve. */
  judgesOf(author: ProviderName): readonly QuestionJudge[];
}

/**
 * Creates a routing of what is configured and can be reached. An author whom nobody may judge is left out,
 * because none of its questions could be stored: where that leaves a type without any, `standIn` writes it.
 */
export function createRouting(options: {
  readonly authors: (type: QuestionType) => readonly QuestionProvider[];
  readonly judges: (author: ProviderName) => readonly QuestionJudge[];
  readonly standIn: QuestionProvider;
}): Routing {
  const { authors, judges, standIn } = options;

  const judgesOf = (author: ProviderName) =>
    judges(author).filter(({ provider }) => provider !== author || author === 'procedural');

  const byType = new Map(
    questionTypes.map((type) => {
      const judged = authors(type).filter(({ name }) => judgesOf(name).length > 0);
      return [type, judged.length > 0 ? judged : [standIn]];
    }),
  );
  return { authorsOf: (type) => byType.get(type) ?? [standIn], judgesOf };
}
