import { setImmediate } from 'node:timers/promises';

/** Work pauses this often, so that the process goes on answering. */
const sliceMs = 10;

/** Maps one item after the other, and lets others have their turn every 10 ms. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    results.push(map(item));
    if (performance.now() - began < sliceMs) continue;
    await setImmediate();
    began = performance.now();
  }
  return results;
}
