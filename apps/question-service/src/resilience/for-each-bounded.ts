/**
 * Works through `items` in order, at most `concurrency` at a time, and begins no more once `signal` has
 * fired; what is begun is finished. Returns the items that were not begun.
 */
export async function forEachBounded<Item>(
  items: readonly Item[],
  options: { readonly concurrency: number; readonly signal: AbortSignal },
  work: (item: Item) => Promise<void>,
): Promise<readonly Item[]> {
  let next = 0;
  async function lane(): Promise<void> {
    while (next < items.length && !options.signal.aborted) {
      const item = items[next] as Item;
      next += 1;
      await work(item);
    }
  }
  const lanes = Math.min(options.concurrency, items.length);
  // All lanes end before an error goes on: nothing may still be at work behind it.
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return items.slice(next);
}
