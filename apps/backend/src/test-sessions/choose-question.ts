import { standardNormalPrior } from '../psychometrics/ability-estimation.ts';
import { assembleForm } from '../psychometrics/form-assembly.ts';
import { selectItem } from '../psychometrics/item-selection.ts';
import { createSeededRandom, stepSeed } from '../psychometrics/seeded-random.ts';
import { difficultyLevels } from '../questions/question.ts';
import type { PoolItem } from '../questions/questions-repository.ts';

/**
 * Chooses the next question of an adaptive session. Questions that the user has not seen come first,
 * whatever their information; a question never comes twice in one session.
 */
export function chooseAdaptiveQuestion(
  pool: readonly PoolItem[],
  options: {
    readonly theta: number;
    readonly administered: readonly { readonly questionId: string; readonly domain: string }[];
    readonly seenQuestionIds: readonly string[];
    readonly seed: number;
    readonly k: number;
  },
): PoolItem | undefined {
  const { theta, administered, seed, k } = options;
  const used = new Set(administered.map(({ questionId }) => questionId));
  const unused = pool.filter(({ id }) => !used.has(id));
  const candidates = preferUnseen(unused, options.seenQuestionIds);
  return selectItem(candidates, {
    theta,
    administeredDomains: administered.map(({ domain }) => domain),
    random: createSeededRandom(stepSeed(seed, administered.length)),
    k,
  });
}

/** Chooses the first question of an adaptive session: the one for the average of the population. */
export function chooseFirstQuestion(
  pool: readonly PoolItem[],
  options: {
    readonly seenQuestionIds: readonly string[];
    readonly seed: number;
    readonly k: number;
  },
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
  options: {
    readonly length: number;
    readonly seenQuestionIds: readonly string[];
    readonly seed: number;
  },
): PoolItem[] {
  const { length, seenQuestionIds, seed } = options;
  const candidates = preferUnseen(pool, seenQuestionIds);
  const random = createSeededRandom(seed);
  const form = assembleForm(candidates, { length, levels: difficultyLevels, random });
  if (form.length === length || candidates === pool) return form;

  const chosen = new Set(form);
  const rest = pool.filter((item) => !chosen.has(item));
  const missing = length - form.length;
  return [...form, ...assembleForm(rest, { length: missing, levels: difficultyLevels, random })];
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
