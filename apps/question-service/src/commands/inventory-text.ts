import type { createColors } from 'picocolors';
import type { Inventory, StratumLevel } from '../inventory/inventory.ts';

type Colours = Pick<ReturnType<typeof createColors>, 'dim' | 'red' | 'yellow' | 'green'>;

/** The inventory for people: a row for each stratum, and what to do about what is missing. */
export function inventoryText(inventory: Inventory, colours: Colours): string {
  const { target, active, planned, deficit, strata } = inventory;
  const head = row('type', 'difficulty', ['active', 'planned', 'target', 'deficit'], '');
  const body = strata.map((stratum) => {
    const { type, difficultyLevel } = stratum;
    const { word, colour } = levelOf(stratum, colours);
    const numbers = [stratum.active, stratum.planned, target, stratum.deficit].map(String);
    return colour(row(type, difficultyLevel, numbers, word));
  });
  const sums = [active, planned, target * strata.length, deficit].map(String);
  const lines = [colours.dim(head), ...body, colours.dim(row('all', '', sums, ''))];
  const advice =
    deficit > 0
      ? `${deficit} questions are missing. Plan them with: pnpm generate --auto-balance --target ${target}`
      : 'Every stratum holds enough.';
  return `${lines.join('\n')}\n\n${advice}\n`;
}

function levelOf({ active, planned, deficit }: StratumLevel, colours: Colours) {
  if (active === 0) return { word: 'empty', colour: colours.red };
  if (deficit > 0) return { word: 'short', colour: colours.yellow };
  if (planned > 0) return { word: 'filling', colour: colours.green };
  return { word: 'enough', colour: colours.green };
}

function row(type: string, difficulty: string, numbers: readonly string[], level: string): string {
  const cells = numbers.map((number) => number.padStart(9)).join('');
  return `${type.padEnd(9)}${difficulty.padEnd(11)}${cells}   ${level}`.trimEnd();
}
