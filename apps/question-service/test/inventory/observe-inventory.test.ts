import { expect, test } from 'vitest';
import { observeInventory } from '../../src/inventory/observe-inventory.ts';
import { countRequest, createHarness } from '../support/harness.ts';

test('the gauge shows all 18 strata as they are in the database at each look, empty ones as 0', async () => {
  const harness = await createHarness();
  const stop = observeInventory({ ...harness, telemetry: harness.memory.observability });
  const valuesOf = async () => {
    const { body } = await harness.memory.observability.metricsText();
    return body
      .split('\n')
      .filter((line) => line.startsWith('inventory_questions{'))
      .map((line) => Number(line.split(' ').at(-1)));
  };

  const before = await valuesOf();
  await harness.run(countRequest(36, { types: ['math'], difficulties: ['easy'] }));
  const after = await valuesOf();
  stop();

  expect(before).toEqual(Array(18).fill(0));
  expect(after).toHaveLength(18);
  expect(after.filter((value) => value > 0)).toEqual([
    (await harness.inventory.read()).find(({ active }) => active > 0)?.active,
  ]);
});
