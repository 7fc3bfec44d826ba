import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { showInventory } from '../../src/commands/inventory.ts';
import { inventoryText } from '../../src/commands/inventory-text.ts';
import { type Inventory, inventoryOf } from '../../src/inventory/inventory.ts';
import { completeStock } from '../../src/inventory/stratum-stock.ts';
import { config, countRequest, createHarness } from '../support/harness.ts';
import { createTerminal } from '../support/terminal.ts';

const plain = pc.createColors(false);
const ping = async () => {};

const stock = completeStock([
  { type: 'pattern', difficultyLevel: 'easy', active: 12, planned: 0 },
  { type: 'pattern', difficultyLevel: 'medium', active: 4, planned: 1 },
  { type: 'pattern', difficultyLevel: 'hard', active: 6, planned: 4 },
]);

describe('inventoryOf', () => {
  test('counts what is planned as if it were there, and no surplus of one stratum for another', () => {
    const inventory = inventoryOf(10, stock);

    expect(inventory.strata.slice(0, 4).map(({ deficit }) => deficit)).toEqual([0, 5, 0, 10]);
    expect(inventory).toMatchObject({ target: 10, active: 22, planned: 5, deficit: 155 });
  });
});

describe('inventoryText', () => {
  test('shows a row for each of the 18 strata, how full it is, and what to do', () => {
    const lines = inventoryText(inventoryOf(10, stock), plain).split('\n');

    expect(lines[1]).toMatch(/^pattern +easy +12 +0 +10 +0 +enough$/);
    expect(lines[2]).toMatch(/^pattern +medium +4 +1 +10 +5 +short$/);
    expect(lines[3]).toMatch(/^pattern +hard +6 +4 +10 +0 +filling$/);
    expect(lines[18]).toMatch(/^memory +hard +0 +0 +10 +10 +empty$/);
    expect(lines[19]).toMatch(/^all +22 +5 +180 +155$/);
    expect(lines[21]).toBe(
      '155 questions are missing. Plan them with: pnpm generate --auto-balance --target 10',
    );
  });

  test('asks for nothing where every stratum holds enough', () => {
    const full = stock.map((stratum) => ({ ...stratum, active: 10 }));

    expect(inventoryText(inventoryOf(10, full), plain)).toContain('Every stratum holds enough.');
  });

  test('colours strata by how full they are', () => {
    const text = inventoryText(inventoryOf(10, stock), pc.createColors(true));

    expect(text).toContain('\u001b[32mpattern  easy');
    expect(text).toContain('\u001b[33mpattern  medium');
    expect(text).toContain('\u001b[31mmemory   hard');
  });
});

describe('inventory', () => {
  test('shows what the bank holds, plain where there is no terminal', async () => {
    const harness = await createHarness();
    const { inserted } = await harness.run(countRequest(36));
    const { terminal, output } = createTerminal();

    const code = await showInventory({ target: 50 }, { ...harness, config, ping }, terminal);

    expect(code).toBe(0);
    expect(output.stdout).toMatch(new RegExp(`^all +${inserted} +0 +900 +${900 - inserted}$`, 'm'));
    expect(output.stdout).not.toContain('\u001b[');
  });

  test('prints one object with --json, with the configured target where none is given', async () => {
    const harness = await createHarness();
    const { terminal, output } = createTerminal({ isTTY: true });

    await showInventory({ json: true }, { ...harness, config, ping }, terminal);

    const inventory = JSON.parse(output.stdout) as Inventory;
    expect(output.stdout.trim().split('\n')).toHaveLength(1);
    expect(inventory).toMatchObject({ target: 100, active: 0, deficit: 1_800 });
    expect(inventory.strata).toHaveLength(18);
  });
});
