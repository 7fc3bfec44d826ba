import { standardNormalPrior } from '../psychometrics/ability-estimation.ts';
import { assembleForm } from '../psychometrics/form-assembly.ts';
import { selectItem } from '../psychometrics/item-selection.ts';
import { createSeededRandom, stepSeed } from '../psychometrics/seeded-random.ts';
import {
  type DifficultyLevel,
  difficultyLevels,
  type QuestionType,
} from '../questions/question.ts';
import type { PoolItem } from '../questions/questions-repository.ts';

/** What both kinds of session choose by. */
export interface ChoiceOptions {
  readonly seenQuestionIds: readonly string[];
  /** A type that weighs 0 is never asked. */
  readonly typeWeights: Readonly<Record<QuestionType, number>>;
  readonly seed: number;
}

/**
 * Chooses the next question of an adaptive session. Questions that the user has not seen come first, over the
 * whole bank: whatever their information, and at the cost of the balance of types where those of one are used
 * up. A question never comes twice in one session.
 */
export function chooseAdaptiveQuestion(
  pool: readonly PoolItem[],
  options: ChoiceOptions & {
    readonly theta: number;
    readonly administered: readonly { readonly questionId: string; readonly domain: string }[];
    readonly k: number;
  },
): PoolItem | undefined {
  const { theta, administered, seed, k, typeWeights } = options;
  const used = new Set(administered.map(({ questionId }) => questionId));
  const unused = pool.filter(({ id, domain }) => typeWeights[domain] > 0 && !used.has(id));
  const candidates = preferUnseen(unused, options.seenQuestionIds);
  return selectItem(candidates, {
    theta,
    administeredDomains: administered.map(({ domain }) => domain),
    domainWeights: typeWeights,
    random: createSeededRandom(stepSeed(seed, administered.length)),
    k,
  });
}

/** Chooses the first question of an adaptive session: the one for the average of the population. */
export function chooseFirstQuestion(
  pool: readonly PoolItem[],
  options: ChoiceOptions & { readonly k: number },
): PoolItem | undefined {
  return chooseAdaptiveQuestion(pool, {
    ...options,
    theta: standardNormalPrior.mean,
    administered: [],
  });
}

/** Chooses all questions of a fixed session, in order; seen ones only where the unseen do not suffice. */
export function chooseForm(
  pool: readonly PoolItem[],
  options: ChoiceOptions & {
    readonly length: number;
    readonly difficultyMix: Readonly<Record<DifficultyLevel, number>>;
  },
): PoolItem[] {
  const { length, seenQuestionIds, seed, typeWeights, difficultyMix } = options;
  const items = pool.filter(({ domain }) => typeWeights[domain] > 0);
  const candidates = preferUnseen(items, seenQuestionIds);
  const balance = {
    levels: difficultyLevels,
    domainWeights: typeWeights,
    levelWeights: difficultyMix,
    random: createSeededRandom(seed),
  };
  const form = assembleForm(candidates, { ...balance, length });
  if (form.length === length || candidates === items) return form;

  const chosen = new Set(form);
  const rest = items.filter((item) => !chosen.has(item));
  return [...form, ...assembleForm(rest, { ...balance, length: length - form.length })];
}

/** The items that the user has not seen; all of them where every one was seen. */
function preferUnseen(
  items: readonly PoolItem[],
  seenQuestionIds: readonly string[],
): readonly PoolItem[] {
  const seen = new Set(seenQuestionIds);
  const unseen = items.filter(({ id }) => !seen.has(id));
  return unseen.length > 0 ? unseen : items;
}
