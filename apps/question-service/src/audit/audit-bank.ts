import { resolveQuestion } from '../evaluation/judge-question.ts';
import type { CandidateQuestion, Stratum } from '../questions/question.ts';

/** A question as it is stored, with its author. */
export interface BankQuestion {
  readonly id: string;
  readonly provider: string;
  readonly question: CandidateQuestion;
}

export const wrongReasons = ['wrong_key', 'ambiguous'] as const;
export type WrongReason = (typeof wrongReasons)[number];

export interface WrongQuestion extends Stratum {
  readonly id: string;
  readonly provider: string;
  readonly reason: WrongReason;
}

/** What an audit found: `checked = right + wrong + skipped`. */
export interface AuditReport {
  readonly checked: number;
  readonly right: number;
  readonly wrong: Readonly<Record<WrongReason, number>>;
  /** What no solver understands, by its author: questions that a model wrote, above all. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Wrong questions that are not served any more; none in a dry run. */
  readonly deactivated: number;
  /** False where it was stopped before its end. */
  readonly complete: boolean;
  readonly wrongQuestions: readonly WrongQuestion[];
}

interface Options {
  /** The questions that are served, page by page. */
  readonly pages: AsyncIterable<readonly BankQuestion[]>;
  /** Takes questions out of service, and returns how many. */
  readonly deactivate: (ids: readonly string[]) => Promise<number>;
  readonly dryRun: boolean;
  /** Ends the audit after the page in hand. */
  readonly stop: AbortSignal;
  readonly onProgress?: (progress: { readonly checked: number; readonly wrong: number }) => void;
}

/** Re-solves each question from its text alone, and takes those out of service whose key is wrong or not the only one. */
export async function auditBank(options: Options): Promise<AuditReport> {
  const { pages, deactivate, dryRun, stop, onProgress } = options;
  const wrong: Record<WrongReason, number> = { wrong_key: 0, ambiguous: 0 };
  const skipped: Record<string, number> = {};
  const wrongQuestions: WrongQuestion[] = [];
  let checked = 0;
  let right = 0;
  let deactivated = 0;
  let complete = true;
  for await (const page of pages) {
    const found: WrongQuestion[] = [];
    for (const { id, provider, question } of page) {
      const resolution = resolve(question);
      checked += 1;
      if (resolution === 'agrees') right += 1;
      else if (resolution === 'not_understood') skipped[provider] = (skipped[provider] ?? 0) + 1;
      else {
        const { type, difficultyLevel } = question;
        wrong[resolution] += 1;
        found.push({ id, provider, type, difficultyLevel, reason: resolution });
      }
    }
    wrongQuestions.push(...found);
    if (!dryRun && found.length > 0) deactivated += await deactivate(found.map(({ id }) => id));
    onProgress?.({ checked, wrong: wrongQuestions.length });
    if (stop.aborted) {
      complete = false;
      break;
    }
  }
  return { checked, right, wrong, skipped, deactivated, complete, wrongQuestions };
}

/** A solver that fails on a text does not understand it. */
function resolve(question: CandidateQuestion): ReturnType<typeof resolveQuestion> {
  try {
    return resolveQuestion(question);
  } catch {
    return 'not_understood';
  }
}
