import type { Telemetry } from '../telemetry/catalogue.ts';
import type { InventoryRepository } from './inventory-repository.ts';

/**
 * Shows the stock of active questions as a gauge, read at each collection, so that every replica shows the same
 * and an empty stratum shows as 0. Returns how to stop.
 */
export function observeInventory({
  inventory,
  telemetry,
}: {
  readonly inventory: Pick<InventoryRepository, 'read'>;
  readonly telemetry: Pick<Telemetry, 'observeGauge'>;
}): () => void {
  return telemetry.observeGauge('inventory.questions', async () => {
    const stock = await inventory.read();
    return stock.map(({ type, difficultyLevel, active }) => ({
      value: active,
      labels: { question_type: type, difficulty: difficultyLevel },
    }));
  });
}
