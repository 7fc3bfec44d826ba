import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { memoryLetters, memoryWords } from './memory-lexicon.ts';

const places = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
];

/** A span of digits: one place asked, the whole span, the span reversed or sorted in the mind. */
export const digitSpan: Family = {
  name: 'digit-span',
  weights: { easy: 2, medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const count = { easy: 5, medium: 6, hard: 7 }[difficultyLevel];
    const digits = random.sample([1, 2, 3, 4, 5, 6, 7, 8, 9], count);
    const asked = random.pick(spanQuestions[difficultyLevel]);
    const answer = asked.order(digits);
    return {
      spec: { digits, asked: asked.content },
      stimulus: digits.join(' '),
      content: asked.content,
      key: answer.join(' '),
      distractors: swaps(answer, random).map((values) => values.join(' ')),
      explanation: `The digits were ${digits.join(' ')}; the order asked for is ${answer.join(' ')}.`,
    };
  },
};

const spanQuestions = {
  easy: [
    {
      content: 'Which digits were shown, in this order?',
      order: (digits: readonly number[]) => [...digits],
    },
  ],
  medium: [
    {
      content:
        'Which option gives the digits you saw in reverse order, from the last to the first?',
      order: (digits: readonly number[]) => [...digits].reverse(),
    },
  ],
  hard: [
    {
      content: 'Which option gives the digits you saw sorted from the smallest to the largest?',
      order: (digits: readonly number[]) => [...digits].sort((a, b) => a - b),
    },
    {
      content:
        'Which option gives the digits you saw with the odd digits first and the even digits after them, each group in the order in which it was shown?',
      order: (digits: readonly number[]) => [
        ...digits.filter((digit) => digit % 2 === 1),
        ...digits.filter((digit) => digit % 2 === 0),
      ],
    },
  ],
};

/** The same values with two neighbours changed places, or one replaced by a value that was not there. */
function swaps(values: readonly number[], random: Random): number[][] {
  const absent = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => !values.includes(digit));
  const swapped = values
    .slice(1)
    .map((value, index) => values.with(index, value).with(index + 1, values[index] as number));
  const sorted = values.every(
    (value, index) => index === 0 || value > (values[index - 1] as number),
  );
  const replaced = values.map((_, index) => values.with(index, random.pick(absent)));
  const resorted = replaced.map((list) => [...list].sort((a, b) => a - b));
  return random.shuffle(sorted ? resorted : [...swapped, ...replaced.slice(1)]);
}

/** A list of words: recognition when easy, neighbours when medium, distance backwards when hard. */
export const wordList: Family = {
  name: 'word-list',
  weights: { easy: 2, medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const count = { easy: 5, medium: 6, hard: 8 }[difficultyLevel];
    const [lure, ...words] = random.sample(memoryWords, count + 1) as [string, ...string[]];
    const list = { spec: { words }, stimulus: words.join(', ') };
    if (difficultyLevel === 'easy') {
      return {
        ...list,
        content: 'Which of these words was not on the list?',
        key: lure,
        distractors: random.shuffle(words),
        explanation: `The list was ${words.join(', ')}; ${lure} was not on it.`,
      };
    }
    const distance = difficultyLevel === 'medium' ? 1 : random.integer(2, 3);
    const before = random.next() < 0.5;
    const key = random.integer(before ? 0 : distance, before ? count - 1 - distance : count - 1);
    const cue = before ? key + distance : key - distance;
    const side = before ? 'before' : 'after';
    const where =
      distance === 1 ? `directly ${side}` : `${distance === 2 ? 'two' : 'three'} places ${side}`;
    return {
      ...list,
      content: `Which word came ${where} “${words[cue]}” on the list?`,
      key: words[key] as string,
      distractors: [
        ...[words[2 * cue - key], words[key - 1], words[key + 1]].filter(
          (word): word is string => word !== undefined && word !== words[cue],
        ),
        ...random.shuffle(words.filter((_, index) => index !== cue)),
      ],
      explanation: `The list was ${words.join(', ')}.`,
    };
  },
};

/** A stream of letters with a repetition at a given distance, as in n-back tasks. */
export const letterStream: Family = {
  name: 'letter-stream',
  weights: { medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const distance = difficultyLevel === 'medium' ? 2 : 3;
    const count = difficultyLevel === 'medium' ? 8 : 10;
    const stream = Array.from({ length: count }, () => random.pick(memoryLetters));
    const shown = [...new Set(stream)];
    const repeats = (gap: number) =>
      shown.filter((letter) =>
        stream.some((other, index) => other === letter && stream[index + gap] === letter),
      );
    const keys = repeats(distance);
    const lures = [1, 2, 3, 4].filter((gap) => gap !== distance).flatMap(repeats);
    if (keys.length !== 1 || repeats(1).length > 0 || lures.length === 0 || shown.length < 6)
      return undefined;
    const [key] = keys as [string];
    const between = distance === 2 ? 'exactly one other letter' : 'exactly two other letters';
    return {
      spec: { stream, distance },
      stimulus: stream.join(' '),
      content: `Letters were shown one after the other. Which letter came back with ${between} in between?`,
      key,
      distractors: [...lures, ...random.shuffle(shown)],
      explanation: `In ${stream.join(' ')}, only ${key} is repeated with ${between} in between.`,
    };
  },
};

/** Letters and digits mixed, to be sorted in the mind (letter-number sequencing), or one place of a mixed span. */
export const mixedSpan: Family = {
  name: 'mixed-span',
  weights: { easy: 2, hard: 2 },
  build(difficultyLevel, random) {
    const digits = random.sample([2, 3, 4, 5, 6, 7, 8, 9], 3).map(String);
    const letters = random.sample(memoryLetters, 3);
    const shown = random.shuffle([...digits, ...letters]);
    if (difficultyLevel === 'easy') {
      const place = random.integer(1, 4);
      return {
        spec: { shown, place },
        stimulus: shown.join(' '),
        content: `What was in the ${places[place]} place?`,
        key: shown[place] as string,
        distractors: [
          shown[place - 1] as string,
          shown[place + 1] as string,
          ...random.shuffle(shown),
        ],
        explanation: `Shown was ${shown.join(' ')}; in the ${places[place]} place stood ${shown[place]}.`,
      };
    }
    const sorted = [...[...digits].sort(), ...[...letters].sort()];
    const wrong = sorted.flatMap((_, index) => {
      const pool = (index < 3 ? ['2', '3', '4', '5', '6', '7', '8', '9'] : memoryLetters).filter(
        (value) => !sorted.includes(value),
      );
      const list = sorted.with(index, random.pick(pool));
      return [[...list.slice(0, 3).sort(), ...list.slice(3).sort()].join(' ')];
    });
    return {
      spec: { shown },
      stimulus: shown.join(' '),
      content:
        'Which option gives what you saw with the digits first, from the smallest to the largest, and then the letters in alphabetical order?',
      key: sorted.join(' '),
      distractors: random.shuffle(wrong),
      explanation: `Shown was ${shown.join(' ')}; sorted, this is ${sorted.join(' ')}.`,
    };
  },
};
