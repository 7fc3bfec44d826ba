import { type ProblemTemplate, whole } from './word-problem.ts';

const pipes: ProblemTemplate = (random) => {
  const [first, second, drain] = [
    random.integer(2, 20),
    random.integer(2, 24),
    random.integer(4, 40),
  ];
  const time = whole(Math.round(1e6 / (1 / first + 1 / second - 1 / drain)) / 1e6);
  if (time === undefined || time < 2 || time > 60 || first === second) return undefined;
  return {
    template: 'pipes',
    content: `One pipe fills a tank in ${first} hours, another fills it in ${second} hours, and the outlet empties the full tank in ${drain} hours. The tank is empty and all three are opened. After how many hours is it full?`,
    answer: time,
    mistakes: [
      Math.round((first * second) / (first + second)),
      first + second - drain,
      Math.round((first + second) / 2),
      Math.abs(drain - first),
      time + 2,
    ],
    solution: `per hour 1/${first} + 1/${second} − 1/${drain} = 1/${time} of the tank is filled`,
  };
};

const wheels: ProblemTemplate = (random) => {
  const [cars, trikes] = [random.integer(3, 20), random.integer(3, 20)];
  const factor = random.integer(2, 3);
  const bikes = trikes * factor;
  const total = cars + trikes + bikes;
  const count = 4 * cars + 3 * trikes + 2 * bikes;
  if (cars === trikes || cars === bikes) return undefined;
  return {
    template: 'wheels',
    content: `In a yard stand ${total} vehicles: cars with four wheels, tricycles with three and bicycles with two. Together they have ${count} wheels. There are ${factor === 2 ? 'twice' : 'three times'} as many bicycles as tricycles. How many cars are there?`,
    answer: cars,
    mistakes: [trikes, bikes, total - bikes, Math.round(count / 4) - trikes, cars + factor],
    solution: `with ${trikes} tricycles and ${bikes} bicycles, ${cars} cars make ${total} vehicles and ${count} wheels`,
  };
};

const mixture: ProblemTemplate = (random) => {
  const [strong, weak] = [random.integer(8, 19) * 5, random.integer(1, 6) * 5];
  const target = random.integer(weak / 5 + 1, strong / 5 - 1) * 5;
  const volume = random.integer(2, 20) * 2;
  const added = whole((volume * (target - weak)) / (strong - target));
  if (added === undefined || added < 1 || added > 200) return undefined;
  const syrup = random.pick(['salt solution', 'sugar syrup', 'dye']);
  return {
    template: 'mixture',
    content: `A vessel holds ${volume} litres of ${weak}% ${syrup}. How many litres of ${strong}% ${syrup} must be poured in to make it ${target}%?`,
    answer: added,
    mistakes: [
      volume,
      whole((volume * (target - weak)) / strong) ?? added + 4,
      target - weak,
      whole((volume * (strong - target)) / (target - weak)) ?? added * 2,
      added * 2,
    ],
    solution: `(${weak} × ${volume} + ${strong} × ${added}) ÷ ${volume + added} = ${target}`,
  };
};

const twoChanges: ProblemTemplate = (random) => {
  const [up, down] = [random.pick([10, 20, 25, 30, 40, 50]), random.pick([10, 20, 25, 30, 40, 50])];
  const before = random.integer(2, 60) * 20;
  const after = whole(Math.round(before * (100 + up) * (100 - down)) / 10_000);
  if (after === undefined || after === before) return undefined;
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
    template: 'two-changes',
    content: `The price of a ${thing} was first raised by ${up}% and then the new price was lowered by ${down}%. Now it costs ${after} coins. How many coins did it cost at first?`,
    answer: before,
    mistakes: [
      after,
      Math.round((after * 100) / (100 + up - down)),
      Math.round((after * (100 - up) * (100 + down)) / 10_000),
      Math.round(after * (1 + (down - up) / 100)),
      before + 20,
    ],
    solution: `${before} × ${(100 + up) / 100} × ${(100 - down) / 100} = ${after}`,
  };
};

const committee: ProblemTemplate = (random) => {
  const [women, men] = [random.integer(3, 8), random.integer(3, 8)];
  const [k, j] = [random.integer(2, 3), random.integer(1, 3)];
  if (j > men || k > women) return undefined;
  const answer = choose(women, k) * choose(men, j);
  if (answer < 15 || women === men) return undefined;
  const [one, other] = random.pick([
    ['women', 'men'],
    ['doctors', 'nurses'],
    ['singers', 'drummers'],
    ['teachers', 'parents'],
  ] as const);
  return {
    template: 'committee',
    content: `A group of ${k + j} is chosen from ${women} ${one} and ${men} ${other}. How many different groups have exactly ${k} ${one} and exactly ${j} of the ${other}?`,
    answer,
    mistakes: [
      choose(women, k) + choose(men, j),
      choose(women + men, k + j),
      women ** k * men ** j,
      choose(women, j) * choose(men, k),
      women * men * k,
    ],
    solution: `${choose(women, k)} choices of the ${one} times ${choose(men, j)} choices of the ${other}`,
  };
};

const sameColour: ProblemTemplate = (random) => {
  const [red, blue] = [random.integer(2, 12), random.integer(2, 12)];
  if (red === blue) return undefined;
  const total = red + blue;
  const same = red * (red - 1) + blue * (blue - 1);
  const asksSame = random.next() < 0.5;
  const all = total * (total - 1);
  const things = random.pick(['balls', 'buttons', 'beads', 'socks', 'tickets', 'cards']);
  const answer = fraction(asksSame ? same : all - same, all);
  return {
    template: 'same-colour',
    content: `A bag holds ${red} red and ${blue} blue ${things}. Two are taken out at random, one after the other, without putting the first one back. What is the probability that they are of ${asksSame ? 'the same colour' : 'different colours'}?`,
    answer,
    mistakes: [
      fraction(asksSame ? all - same : same, all),
      fraction(asksSame ? red ** 2 + blue ** 2 : 2 * red * blue, total ** 2),
      fraction(red * (red - 1), all),
      fraction(red * blue, all),
      fraction(red, total),
      fraction(1, 2),
      fraction(blue, total),
    ],
    solution: `of ${all} ordered pairs, ${asksSame ? same : all - same} fit, which is ${answer}`,
  };
};

const remainders: ProblemTemplate = (random) => {
  const [p, q] = random.pick([
    [4, 7],
    [5, 7],
    [5, 8],
    [6, 7],
    [7, 8],
    [7, 9],
    [5, 9],
    [8, 9],
    [7, 11],
    [9, 11],
    [8, 11],
  ] as const);
  const [a, b] = [random.integer(1, p - 1), random.integer(1, q - 1)];
  let answer = a;
  while (answer % q !== b) answer += p;
  if (answer <= q || a === b) return undefined;
  const noun = random.pick(['eggs', 'chairs', 'tiles', 'seedlings', 'books', 'bottles']);
  return {
    template: 'remainders',
    content: `Put in rows of ${p}, some ${noun} leave ${a} over; put in rows of ${q}, they leave ${b} over. What is the smallest possible number of ${noun}?`,
    answer,
    mistakes: [p * q, answer + p, answer - p, answer + q, answer - q, p * q + a + b, p * b + a],
    solution: `${answer} = ${p} × ${Math.floor(answer / p)} + ${a} = ${q} × ${Math.floor(answer / q)} + ${b}, and no smaller number fits both`,
  };
};

/** Several relations at once: rates, systems, mixtures, counting and chance. */
export const hardProblems: readonly ProblemTemplate[] = [
  pipes,
  wheels,
  mixture,
  mixture,
  twoChanges,
  committee,
  sameColour,
  remainders,
];

function choose(n: number, k: number): number {
  let product = 1;
  for (let index = 1; index <= k; index += 1) product = (product * (n - k + index)) / index;
  return Math.round(product);
}

function fraction(numerator: number, denominator: number): string {
  let [a, b] = [numerator, denominator];
  while (b > 0) [a, b] = [b, a % b];
  return `${numerator / a}/${denominator / a}`;
}
