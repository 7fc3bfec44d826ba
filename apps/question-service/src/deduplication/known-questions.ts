import type { Ask } from '../providers/question-provider.ts';
import type { QuestionType } from '../questions/question.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { BankRepository } from './bank-repository.ts';
import { type BankSearch, createBankSearch } from './bank-search.ts';
import {
  createDeduplicator,
  type DuplicateCheck,
  type EmbeddedQuestion,
} from './create-deduplicator.ts';
import type { QuestionEmbedder } from './question-embedder.ts';
import { reembedBank } from './reembed-bank.ts';

/** What one run compares its questions with: the bank, and what the run itself has let through. */
export interface KnownQuestions {
  /**
   * Checks candidates of one type against the bank and against the run, and lets through those that are
   * unique: from then on they are known. Throws where it cannot compare with the whole bank.
   *
   * @param ask For questions of the bank that another model has embedded.
   */
  admit(
    type: QuestionType,
    candidates: readonly EmbeddedQuestion[],
    ask: Ask,
  ): Promise<readonly DuplicateCheck[]>;
}

export function createKnownQuestions(options: {
  readonly bank: BankRepository;
  readonly embedder: QuestionEmbedder;
  readonly telemetry: Telemetry;
  readonly threshold: number;
  readonly pageSize: number;
  /** The run that asks: its own questions are known before they are stored. */
  readonly runId?: string;
  readonly signal: AbortSignal;
  /** @default in Postgres where it has pgvector, else in memory */
  readonly search?: BankSearch;
}): KnownQuestions {
  const { bank, embedder, threshold } = options;
  const { model } = embedder;
  const ofRun = createDeduplicator({ threshold, embeddingModel: model });
  let search = options.search;
  const turns = new Map<QuestionType, Promise<void>>();

  /** One batch after the other: two at a time would have the same questions embedded, and paid, twice. */
  function bringToModel(type: QuestionType, ask: Ask): Promise<void> {
    const before = turns.get(type) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => reembedBank(type, { ...options, ask }));
    turns.set(type, turn);
    return turn;
  }

  return {
    async admit(type, candidates, ask) {
      await bringToModel(type, ask);
      search ??= await createBankSearch({ ...options, model });
      const stored = await bank.findStored(candidates.map(({ contentHash }) => contentHash));
      const near = await search.findNearest(
        type,
        candidates.map(({ embedding }) => embedding),
      );
      // No pause from here on: two batches of a run cannot let the same question through.
      return candidates.map((candidate, at): DuplicateCheck => {
        const { contentHash } = candidate;
        if (stored.has(contentHash)) return { status: 'duplicate', kind: 'exact', of: contentHash };
        const check = ofRun.check(candidate);
        const neighbour = near[at];
        if (check.status === 'duplicate') return check;
        if (neighbour) return { status: 'duplicate', kind: 'semantic', ...neighbour };
        ofRun.add(candidate);
        return check;
      });
    },
  };
}
