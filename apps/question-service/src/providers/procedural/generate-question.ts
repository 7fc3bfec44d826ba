import {
  type CandidateQuestion,
  normalizeText,
  type QuestionType,
  type Stratum,
} from '../../questions/question.ts';
import type { Random } from '../../questions/random.ts';
import type { Family, Item } from './family.ts';
import { logicFamilies } from './logic/logic-families.ts';
import { mathFamilies } from './math/math-families.ts';
import { memoryFamilies } from './memory/memory-families.ts';
import { patternFamilies } from './pattern/pattern-families.ts';
import { spatialFamilies } from './spatial/spatial-families.ts';
import { verbalFamilies } from './verbal/verbal-families.ts';

/** Who wrote, as it is stored with a question. */
export const proceduralAuthor = {
  provider: 'procedural',
  model: 'families-v1',
  promptVersion: 'families-v1',
} as const;

/** All families, by the type they make. */
export const families: Readonly<Record<QuestionType, readonly Family[]>> = {
  pattern: patternFamilies,
  logic: logicFamilies,
  spatial: spatialFamilies,
  math: mathFamilies,
  verbal: verbalFamilies,
  memory: memoryFamilies,
};

/** A question with what it was made from. */
export interface GeneratedQuestion {
  readonly family: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly candidate: CandidateQuestion;
}

const attemptsMax = 200;

/**
 * Writes one question of a stratum. The same state of `random` gives the same question.
 *
 * @throws {Error} When no family makes a clean item in 200 draws, which is a fault of a family.
 */
export function generateQuestion(stratum: Stratum, random: Random): CandidateQuestion {
  return generateWithFamily(stratum, random).candidate;
}

/** As `generateQuestion`, with the family and its specification. */
export function generateWithFamily(stratum: Stratum, random: Random): GeneratedQuestion {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const family = pickFamily(stratum, random);
    const item = family.build(stratum.difficultyLevel, random);
    const candidate = item && toCandidate(stratum, item, random);
    if (item && candidate) return { family: family.name, spec: item.spec, candidate };
  }
  throw new Error(
    `expected a clean ${stratum.difficultyLevel} ${stratum.type} item in ${attemptsMax} draws, got none`,
  );
}

function pickFamily(stratum: Stratum, random: Random): Family {
  const weighted = families[stratum.type].map((family) => ({
    family,
    weight: family.weights[stratum.difficultyLevel] ?? 0,
  }));
  let remaining = random.next() * weighted.reduce((sum, { weight }) => sum + weight, 0);
  for (const { family, weight } of weighted) {
    remaining -= weight;
    if (remaining < 0) return family;
  }
  throw new Error(`expected a family for ${stratum.difficultyLevel} ${stratum.type}, got none`);
}

function toCandidate(stratum: Stratum, item: Item, random: Random): CandidateQuestion | undefined {
  const optionCount = item.optionCount ?? 5;
  const seen = new Set([comparable(item.key)]);
  const wrong = item.distractors.filter((option) => {
    const value = comparable(option);
    return !seen.has(value) && seen.add(value);
  });
  if (wrong.length < optionCount - 1) return undefined;
  const options = random.shuffle([item.key, ...wrong.slice(0, optionCount - 1)]);
  return {
    ...stratum,
    ...(item.stimulus === undefined ? {} : { stimulus: item.stimulus }),
    content: item.content,
    options,
    keyIndex: options.indexOf(item.key),
    explanation: item.explanation,
  };
}

/** Two options with the same comparable form are the same answer: 0.50 and 0.5, "North" and "north". */
function comparable(option: string): string {
  const text = normalizeText(option);
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text;
}
