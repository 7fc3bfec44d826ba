import { expect, test } from 'vitest';
import {
  estimateAbility,
  type ScoredResponse,
} from '../../src/psychometrics/ability-estimation.ts';
import { type Item, selectItem } from '../../src/psychometrics/item-selection.ts';
import { createSeededRandom, type Random } from '../../src/psychometrics/seeded-random.ts';
import { decideAdaptiveStop, type StopReason } from '../../src/psychometrics/stopping-rule.ts';
import { probabilityCorrect } from '../../src/psychometrics/two-parameter-logistic.ts';
import { uncalibratedBank } from './arbitraries.ts';

const takers = 500;
const rule = { standardErrorTarget: 0.4, itemsMin: 10, itemsMax: 30 };

test('adaptive sessions on an uncalibrated bank of 1,800 reach the target precision within 30 items', () => {
  const random = createSeededRandom(20260101);
  const bank = uncalibratedBank(100);

  const sessions = Array.from({ length: takers }, () => simulate(bank, normal(random), random));

  const precise = sessions.filter(({ reason }) => reason === 'standard_error_reached').length;
  const covered = sessions.filter(
    ({ ability, theta, standardError }) => Math.abs(ability - theta) <= 1.96 * standardError,
  ).length;
  const bias = sessions.reduce((sum, { ability, theta }) => sum + theta - ability, 0) / takers;
  const seen = new Map<string, number>();
  for (const id of sessions.flatMap(({ ids }) => ids)) seen.set(id, (seen.get(id) ?? 0) + 1);

  expect(precise / takers).toBeGreaterThanOrEqual(0.95);
  expect(covered / takers).toBeGreaterThanOrEqual(0.93);
  expect(covered / takers).toBeLessThanOrEqual(0.97);
  // Standard error of the mean: 0.4 / sqrt(500) = 0.018, four times which is 0.07.
  expect(Math.abs(bias)).toBeLessThan(0.07);
  expect(Math.max(...seen.values()) / takers).toBeLessThan(0.3);
});

function simulate(bank: readonly Item[], ability: number, random: Random) {
  const responses: ScoredResponse[] = [];
  const administered: Item[] = [];
  let estimate = estimateAbility([]);
  let reason: StopReason = 'items_exhausted';

  for (;;) {
    const ids = new Set(administered.map(({ id }) => id));
    const item = selectItem(
      bank.filter(({ id }) => !ids.has(id)),
      { theta: estimate.theta, administeredDomains: administered.map((i) => i.domain), random },
    );
    if (item === undefined) break;
    administered.push(item);
    responses.push({ ...item, correct: random() < probabilityCorrect(ability, item) });
    estimate = estimateAbility(responses);
    const decision = decideAdaptiveStop(
      { itemsAnswered: responses.length, standardError: estimate.standardError },
      rule,
    );
    if (decision.status === 'stop') {
      reason = decision.reason;
      break;
    }
  }
  return { ability, ...estimate, reason, ids: administered.map(({ id }) => id) };
}

/** Standard normal by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
