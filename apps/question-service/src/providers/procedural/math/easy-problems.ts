import type { ProblemTemplate } from './word-problem.ts';

const goods = [
  'notebook',
  'pencil',
  'cup',
  'plate',
  'candle',
  'towel',
  'brush',
  'ball',
  'lamp',
  'basket',
];
const crowds = [
  'visitors of a museum',
  'members of a club',
  'pupils of a school',
  'guests of a hotel',
  'passengers of a ferry',
];

const shopping: ProblemTemplate = (random) => {
  const [first, second] = random.sample(goods, 2) as [string, string];
  const [a, b] = [random.integer(3, 15), random.integer(3, 15)];
  const [n, m] = [random.integer(2, 6), random.integer(2, 6)];
  if (a === b || n === m) return undefined;
  return {
    template: 'shopping',
    content: `A ${first} costs ${a} coins and a ${second} costs ${b} coins. How many coins do ${n} ${plural(first)} and ${m} ${plural(second)} cost altogether?`,
    answer: n * a + m * b,
    mistakes: [n * b + m * a, n * a + b, a + b + n + m, (n + m) * a, (n + m) * (a + b)],
    solution: `${n} × ${a} + ${m} × ${b} = ${n * a + m * b}`,
  };
};

const remainder: ProblemTemplate = (random) => {
  const percent = random.integer(1, 19) * 5;
  const total = random.integer(2, 30) * 20;
  const part = (total * percent) / 100;
  return {
    template: 'remainder',
    content: `Of the ${total} ${random.pick(crowds)}, ${percent}% are children. How many are not children?`,
    answer: total - part,
    mistakes: [part, total - percent, total - part / 2, total - part + 10],
    solution: `${percent}% of ${total} is ${part}, and ${total} − ${part} = ${total - part}`,
  };
};

const proportion: ProblemTemplate = (random) => {
  const [amount, per, asked] = [random.integer(3, 25), random.integer(2, 6), random.integer(2, 12)];
  if (per === asked || amount < 3) return undefined;
  const scene = random.pick([
    {
      unit: 'kilometres',
      text: (x: string, y: string) =>
        `At a steady speed a cyclist covers ${x} kilometres in ${y} hours`,
      more: 'cover',
      time: 'hours',
    },
    {
      unit: 'boxes',
      text: (x: string, y: string) => `A machine fills ${x} boxes in ${y} minutes`,
      more: 'fill',
      time: 'minutes',
    },
    {
      unit: 'litres',
      text: (x: string, y: string) => `A pump moves ${x} litres in ${y} minutes`,
      more: 'move',
      time: 'minutes',
    },
  ]);
  const shown = amount * per;
  return {
    template: 'proportion',
    content:
      `${scene.text(String(shown), String(per))}. How many ${scene.unit} does it ${scene.more} in ${asked} ${scene.time} at that rate?`.replace(
        'cyclist',
        'train',
      ),
    answer: amount * asked,
    mistakes: [
      shown + asked - per,
      shown * asked,
      amount * (asked + 1),
      amount * (asked - 1),
      shown + amount,
    ],
    solution: `${shown} ÷ ${per} = ${amount} each, and ${amount} × ${asked} = ${amount * asked}`,
  };
};

const thinkOfNumber: ProblemTemplate = (random) => {
  const [x, factor, plus] = [random.integer(3, 25), random.integer(2, 9), random.integer(2, 20)];
  const adds = random.next() < 0.5;
  const result = adds ? x * factor + plus : x * factor - plus;
  if (result < 1) return undefined;
  return {
    template: 'think-of-number',
    content: `I think of a number, multiply it by ${factor} and then ${adds ? 'add' : 'subtract'} ${plus}. The result is ${result}. What is my number?`,
    answer: x,
    mistakes: [
      (result + (adds ? plus : -plus)) / factor,
      result - plus,
      x * factor,
      x + factor,
      Math.round(result / factor),
    ],
    solution: `(${result} ${adds ? '−' : '+'} ${plus}) ÷ ${factor} = ${x}`,
  };
};

const fairShare: ProblemTemplate = (random) => {
  const [each, people, left] = [random.integer(4, 18), random.integer(3, 9), random.integer(1, 9)];
  const noun = random.pick(['marbles', 'cards', 'sweets', 'stickers', 'coins', 'shells']);
  const total = each * people + left;
  return {
    template: 'fair-share',
    content: `A bag holds ${total} ${noun}. ${left} of them are set aside, and the rest is shared equally among ${people} children. How many ${noun} does each child get?`,
    answer: each,
    mistakes: [Math.round(total / people) + 1, each + left, total - left, each - 1, each + 1],
    solution: `(${total} − ${left}) ÷ ${people} = ${each}`,
  };
};

/** One relation, one or two operations. */
export const easyProblems: readonly ProblemTemplate[] = [
  shopping,
  remainder,
  proportion,
  thinkOfNumber,
  fairShare,
];

function plural(noun: string): string {
  return noun.endsWith('sh') ? `${noun}es` : `${noun}s`;
}
