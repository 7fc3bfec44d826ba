import type { QuestionJudge } from '../evaluation/question-judge.ts';
import type { QuestionProvider } from '../providers/question-provider.ts';
import { type QuestionType, questionTypes } from '../questions/question.ts';
import type { ProviderName } from '../telemetry/labels.ts';

/** Who writes and who judges, each in the order in which they are asked. */
export interface Routing {
  /** Of a type: the author that is planned, then those that take its batches over. There is at least one. */
  authorsOf(type: QuestionType): readonly QuestionProvider[];
  /** Of what an author wrote: judges of other providers alone. */
  judgesOf(type: QuestionType, author: ProviderName): readonly QuestionJudge[];
}

type ByType<Part> = (type: QuestionType) => readonly Part[];

/**
 * Creates a routing of what is configured and can be reached: an author that nobody else could judge is left
 * out, because none of its questions could be stored.
 *
 * @param options.proceduralJudge Re-solves procedural questions, and judges nothing else.
 * @param options.modelsJudgeProcedural Whether models judge procedural questions in its place.
 * @throws {RangeError} When a type is left without an author.
 */
export function createRouting(options: {
  readonly authors: ByType<QuestionProvider>;
  readonly judges: ByType<QuestionJudge>;
  readonly proceduralJudge: QuestionJudge;
  readonly modelsJudgeProcedural: boolean;
}): Routing {
  const { authors, judges, proceduralJudge, modelsJudgeProcedural } = options;

  function judgesOf(type: QuestionType, author: ProviderName): readonly QuestionJudge[] {
    if (author === 'procedural' && !modelsJudgeProcedural) return [proceduralJudge];
    return judges(type).filter(({ provider }) => provider !== author);
  }

  const byType = new Map(
    questionTypes.map((type) => [
      type,
      authors(type).filter(({ name }) => judgesOf(type, name).length > 0),
    ]),
  );
  for (const [type, found] of byType) {
    if (found.length > 0) continue;
    throw new RangeError(
      `expected an author of ${type} questions whom a judge of another provider can judge, got none: configure a second provider`,
    );
  }
  return { authorsOf: (type) => byType.get(type) ?? [], judgesOf };
}
