import type { Delivery } from '../export/delivery.ts';

/** What can be collected and sent later: log items, metric items. */
export interface ItemBuffer<Item> {
  /** Cheap, and never throws; an item that finds no room is counted as dropped. */
  add(item: Item): void;
  /** Hands everything over to the transport, which has its own deadline. */
  flush(): void;
  stop(): void;
}

/** Items that wait or are on their way. */
export const itemQueueMax = 2_048;

export interface ItemBufferOptions<Item> {
  readonly delivery: Delivery;
  /** Items of one request; Sentry takes 100 log items and 1,000 metric items. */
  readonly batchMax: number;
  /** How long an item waits for others. @default 5_000 */
  readonly intervalMs?: number;
  /** Counts what becomes of the batch, and rejects where it could not. */
  readonly send: (items: readonly Item[]) => Promise<unknown>;
}

/** A bounded queue: sent by interval, when a batch is full, and when told; never in the caller's turn. */
export function createItemBuffer<Item>(options: ItemBufferOptions<Item>): ItemBuffer<Item> {
  const { delivery, batchMax, send, intervalMs = 5_000 } = options;
  let waiting: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isUrgent = false;

  return {
    add(item) {
      if (!delivery.admit()) return;
      waiting.push(item);
      timer ??= setTimeout(flush, intervalMs).unref();
      if (waiting.length < batchMax || isUrgent) return;
      isUrgent = true;
      setImmediate(flush).unref();
    },
    flush,
    stop: () => clearTimeout(timer),
  };

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    isUrgent = false;
    const items = waiting;
    waiting = [];
    for (let at = 0; at < items.length; at += batchMax) sendBatch(items.slice(at, at + batchMax));
  }

  function sendBatch(items: readonly Item[]): void {
    try {
      send(items).catch((error: unknown) => delivery.failed(items.length, error));
    } catch (error) {
      delivery.failed(items.length, error);
    }
  }
}
