import pc from 'picocolors';
import type { Dependencies } from '../dependencies.ts';
import { inventoryOf } from '../inventory/inventory.ts';
import { exitCodes } from './exit-code.ts';
import { inventoryText } from './inventory-text.ts';
import type { Terminal } from './terminal.ts';

/** Shows the 18 strata against their target: a table, or one JSON object. */
export async function showInventory(
  options: { readonly target?: number; readonly json?: true },
  { inventory, config, ping }: Pick<Dependencies, 'inventory' | 'config' | 'ping'>,
  { stdout }: Terminal,
): Promise<number> {
  await ping();
  const shown = inventoryOf(options.target ?? config.inventory.target, await inventory.read());
  const colours = pc.createColors(pc.isColorSupported && stdout.isTTY === true);
  stdout.write(options.json ? `${JSON.stringify(shown)}\n` : inventoryText(shown, colours));
  return exitCodes.ok;
}
