import type { DifficultyLevel } from '../../../questions/question.ts';
import type { Random } from '../../../questions/random.ts';
import type { Family, Item } from '../family.ts';
import { numericDistractors } from '../numeric-distractors.ts';
import { numberMatrix } from './number-matrix.ts';
import { doubleStepRules, singleStepRules } from './series-rules.ts';
import { symbolMatrix } from './symbol-matrix.ts';
import { tripleStepRules } from './triple-step-rules.ts';

const rulesByDifficulty = { easy: singleStepRules, medium: doubleStepRules, hard: tripleStepRules };

const questionsOfSeries = [
  'Which number comes next in this series?',
  'Which number continues the series?',
  'What should replace the question mark?',
];

const numberSeries: Family = {
  name: 'number-series',
  weights: { easy: 5, medium: 5, hard: 6 },
  build(difficultyLevel, random) {
    const series = random.pick(rulesByDifficulty[difficultyLevel])(random);
    if (series.next < 1 || series.next > 5_000 || series.shown.some((term) => term < 1))
      return undefined;
    return {
      spec: { rule: series.rule, shown: series.shown },
      content: `${random.pick(questionsOfSeries)}\n${series.shown.join(', ')}, ?`,
      key: String(series.next),
      distractors: numericDistractors(series.next, { mistakes: series.mistakes, random }).map(
        String,
      ),
      explanation: `In this series ${series.because}, so the next term is ${series.next}.`,
    };
  },
};

interface Track {
  readonly values: readonly number[];
  readonly because: string;
}

/** Codes of letters and numbers whose parts move on their own: the parts' rules get harder, not the alphabet. */
const codeSeries: Family = {
  name: 'code-series',
  weights: { easy: 3, medium: 3, hard: 3 },
  build(difficultyLevel, random) {
    const shape = random.pick(codeShapes[difficultyLevel]);
    const tracks = [...shape].map((part) =>
      (part === 'L' ? letterTrack : numberTrack)(difficultyLevel, random),
    );
    if (tracks.some((track) => track === undefined)) return undefined;
    return codeItem(shape, tracks as Track[], random);
  },
};

const codeShapes: Record<DifficultyLevel, readonly string[]> = {
  easy: ['LN', 'NL'],
  medium: ['LLN', 'LNL', 'LLL'],
  hard: ['LN', 'NL', 'LLN'],
};
const shownCodes = 6;

function codeItem(shape: string, tracks: readonly Track[], random: Random): Item {
  const write = (values: readonly number[]) =>
    values.map((value, part) => (shape[part] === 'L' ? letterAt(value) : String(value))).join('');
  const codes = Array.from({ length: shownCodes + 1 }, (_, index) =>
    write(tracks.map((track) => track.values[index] as number)),
  );
  const answer = tracks.map((track) => track.values[shownCodes] as number);
  const previous = tracks.map((track) => track.values[shownCodes - 1] as number);
  const before = tracks.map((track) => track.values[shownCodes - 2] as number);
  const mistakes = answer.flatMap((_, part) => [
    answer.with(part, 2 * (previous[part] as number) - (before[part] as number)),
    answer.with(part, (answer[part] as number) + 1),
    answer.with(part, (answer[part] as number) - 1),
    answer.with(part, previous[part] as number),
  ]);
  const legible = mistakes.filter((values) =>
    values.every((value, part) => value >= 1 && (shape[part] === 'N' || value <= 26)),
  );
  return {
    spec: { shape, tracks: tracks.map((track) => track.values) },
    content: `Which code comes next?\n${codes.slice(0, shownCodes).join(', ')}, ?`,
    key: codes[shownCodes] as string,
    distractors: random.shuffle(legible).map(write),
    explanation: `Each part follows its own rule: ${tracks.map((track) => track.because).join('; ')}.`,
  };
}

function letterTrack(difficultyLevel: DifficultyLevel, random: Random): Track | undefined {
  if (difficultyLevel !== 'hard')
    return letterRun(random.integer(1, 26), random.pick([1, 2, 3, 4, -1, -2, -3, -4]));
  const up = random.integer(2, 6);
  const down = -random.integer(1, up - 1);
  const values = [random.integer(1, 20)];
  for (let index = 0; index < shownCodes; index += 1) {
    values.push((values[index] as number) + (index % 2 === 0 ? up : down));
  }
  if (values.some((value) => value < 1 || value > 26)) return undefined;
  return { values, because: `the letter goes ${up} forward, then ${-down} back` };
}

function letterRun(start: number, step: number): Track | undefined {
  const values = Array.from({ length: shownCodes + 1 }, (_, index) => start + index * step);
  if (values.some((value) => value < 1 || value > 26)) return undefined;
  return { values, because: `the letter goes ${Math.abs(step)} ${step > 0 ? 'forward' : 'back'}` };
}

function numberTrack(difficultyLevel: DifficultyLevel, random: Random): Track {
  const start = random.integer(1, 30);
  const step = random.integer(2, 9);
  const growth = difficultyLevel === 'hard' ? random.integer(1, 3) : 0;
  const values = [start];
  for (let index = 0; index < shownCodes; index += 1) {
    values.push((values[index] as number) + step + growth * index);
  }
  const because =
    growth === 0
      ? `the number grows by ${step}`
      : `the number grows by ${step}, then by ${growth} more each time`;
  return { values, because };
}

function letterAt(position: number): string {
  return String.fromCharCode(64 + position);
}

/** Series of numbers and codes, matrices of numbers and of symbols. */
export const patternFamilies: readonly Family[] = [
  numberSeries,
  codeSeries,
  numberMatrix,
  symbolMatrix,
];
