import { firstNames } from '../../../questions/first-names.ts';
import { type ProblemTemplate, whole } from './word-problem.ts';

const ratioDifference: ProblemTemplate = (random) => {
  const [a, b] = random.sample([2, 3, 4, 5, 7, 8, 9], 2) as [number, number];
  const [more, less] = [Math.max(a, b), Math.min(a, b)];
  if (more % less === 0 || (more === 4 && less === 2)) return undefined;
  const unit = random.integer(3, 25);
  const total = (more + less) * unit;
  const [first, second] = random.sample(firstNames, 2) as [string, string];
  const noun = random.pick(['coins', 'cards', 'stamps', 'points', 'marbles', 'shares']);
  return {
    template: 'ratio-difference',
    content: `${first} and ${second} share ${total} ${noun} in the ratio ${more} to ${less}. How many ${noun} does ${first} get more than ${second}?`,
    answer: (more - less) * unit,
    mistakes: [more * unit, less * unit, unit, total / 2, total / (more - less)],
    solution: `one part is ${total} ÷ ${more + less} = ${unit}, and the difference is ${more - less} parts`,
  };
};

const priceBefore: ProblemTemplate = (random) => {
  const percent = random.pick([5, 10, 15, 20, 25, 30, 40, 60, 75]);
  const before = random.integer(3, 60) * 20;
  const rises = random.next() < 0.5;
  const after = whole(before + ((rises ? 1 : -1) * before * percent) / 100);
  if (after === undefined) return undefined;
  const thing = random.pick([
    'coat',
    'bicycle',
    'table',
    'camera',
    'tent',
    'watch',
    'sofa',
    'radio',
  ]);
  return {
    template: 'price-before',
    content: `After its price was ${rises ? 'raised' : 'reduced'} by ${percent}%, a ${thing} costs ${after} coins. What did it cost before?`,
    answer: before,
    mistakes: [
      Math.round(after * (rises ? 1 - percent / 100 : 1 + percent / 100)),
      rises ? after - percent : after + percent,
      Math.round(after * (rises ? 1 + percent / 100 : 1 - percent / 100)),
      before + (rises ? 20 : -20),
    ],
    solution: `${after} is ${rises ? 100 + percent : 100 - percent}% of the earlier price, so that price was ${before}`,
  };
};

const averageGrows: ProblemTemplate = (random) => {
  const [count, mean, change] = [
    random.integer(3, 8),
    random.integer(10, 60),
    random.integer(1, 6),
  ];
  const rises = random.next() < 0.6;
  const newMean = rises ? mean + change : mean - change;
  const added = newMean * (count + 1) - mean * count;
  if (added < 1) return undefined;
  return {
    template: 'average-grows',
    content: `The average of ${count} numbers is ${mean}. When one more number is added, the average becomes ${newMean}. Which number was added?`,
    answer: added,
    mistakes: [
      newMean,
      mean + newMean,
      2 * newMean - mean,
      newMean * count - mean * (count - 1),
      newMean * (count + 1),
    ],
    solution: `the sums are ${count} × ${mean} = ${count * mean} and ${count + 1} × ${newMean} = ${(count + 1) * newMean}; they differ by ${added}`,
  };
};

const agesSum: ProblemTemplate = (random) => {
  const [factor, young, years] = [
    random.integer(3, 5),
    random.integer(4, 18),
    random.integer(2, 12),
  ];
  const [first, second] = random.sample(firstNames, 2) as [string, string];
  const sum = young * (factor + 1) + 2 * years;
  if (young * factor > 90) return undefined;
  return {
    template: 'ages-sum',
    content: `${first} is ${factor} times as old as ${second}. In ${years} years their ages will add up to ${sum}. How old is ${first} today?`,
    answer: young * factor,
    mistakes: [
      young,
      young * factor + years,
      whole((sum - years) / (factor + 1)) ?? young + 1,
      Math.round((sum * factor) / (factor + 1)),
      sum - years,
    ],
    solution: `today the ages add up to ${sum} − 2 × ${years} = ${sum - 2 * years}, which is ${factor + 1} times the younger age ${young}`,
  };
};

const meeting: ProblemTemplate = (random) => {
  const [first, second, hours] = [
    random.integer(4, 12) * 10,
    random.integer(4, 12) * 10,
    random.integer(2, 6),
  ];
  if (first === second) return undefined;
  const distance = (first + second) * hours;
  const asksPlace = random.next() < 0.6;
  return {
    template: 'meeting',
    content: `Two towns are ${distance} km apart. At the same moment a train leaves each town for the other, one at ${first} km/h and one at ${second} km/h. ${asksPlace ? 'How many kilometres has the faster train travelled when they meet?' : 'How many kilometres apart are they one hour before they meet?'}`,
    answer: asksPlace ? Math.max(first, second) * hours : first + second,
    mistakes: asksPlace
      ? [
          distance / 2,
          Math.min(first, second) * hours,
          Math.max(first, second) * (hours + 1),
          Math.max(first, second),
        ]
      : [
          Math.abs(first - second),
          distance - first - second,
          Math.max(first, second),
          (first + second) / 2,
        ],
    solution: `they approach each other at ${first + second} km/h and meet after ${hours} hours`,
  };
};

const twoPurchases: ProblemTemplate = (random) => {
  const [a, b] = [random.integer(2, 20), random.integer(2, 20)];
  const [n, m, k] = [random.integer(2, 6), random.integer(1, 5), random.integer(1, 4)];
  if (n === k || a === b) return undefined;
  const [first, second] = random.sample(
    ['apple', 'melon', 'lemon', 'pear', 'mango', 'plum', 'banana'],
    2,
  ) as [string, string];
  const say = (count: number, noun: string) => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);
  return {
    template: 'two-purchases',
    content: `${say(n, first)} and ${say(m, second)} cost ${n * a + m * b} coins; ${say(k, first)} and ${say(m, second)} cost ${k * a + m * b} coins. How many coins does 1 ${first} cost?`,
    answer: a,
    mistakes: [b, Math.abs((n - k) * a), a + b, Math.round((n * a + m * b) / (n + m)), a + 1],
    solution: `the difference, ${Math.abs(n - k)} × 1 ${first}, costs ${Math.abs(n - k) * a} coins`,
  };
};

/** Two relations to be combined, or one to be inverted. */
export const mediumProblems: readonly ProblemTemplate[] = [
  ratioDifference,
  priceBefore,
  averageGrows,
  agesSum,
  meeting,
  twoPurchases,
];
