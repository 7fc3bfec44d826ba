export interface Weight {
  readonly items: number;
  readonly bytes: number;
}

export interface BoundedMapOptions<Value> {
  readonly itemsMax: number;
  readonly bytesMax: number;
  readonly onEvict: (value: Value, weight: Weight) => void;
}

interface Entry<Value> {
  value: Value;
  weight: Weight;
}

/**
 * A map that never holds more than its limits: what was written longest ago goes first.
 * Writing a key again makes it the newest. An entry that alone is over a limit is not kept.
 */
export class BoundedMap<Key, Value> {
  readonly #options: BoundedMapOptions<Value>;
  readonly #entries = new Map<Key, Entry<Value>>();
  // A living iterator stands at the oldest entry: a new one each time would walk over the
  // holes that deletions leave behind, again and again.
  #oldest: Iterator<Key> = this.#entries.keys();
  #items = 0;
  #bytes = 0;

  constructor(options: BoundedMapOptions<Value>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get items(): number {
    return this.#items;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  weightOf(key: Key): Weight {
    return this.#entries.get(key)?.weight ?? { items: 0, bytes: 0 };
  }

  set(key: Key, value: Value, weight: Weight): void {
    this.#remove(key);
    this.#entries.set(key, { value, weight });
    this.#items += weight.items;
    this.#bytes += weight.bytes;

    while (this.#items > this.#options.itemsMax || this.#bytes > this.#options.bytesMax) {
      const oldest = this.#takeOldest();
      if (oldest === undefined) return;
      const evicted = this.#remove(oldest.key);
      if (evicted) this.#options.onEvict(evicted.value, evicted.weight);
    }
  }

  /** Oldest first. */
  *values(): Generator<Value> {
    for (const entry of this.#entries.values()) yield entry.value;
  }

  #remove(key: Key): Entry<Value> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#items -= entry.weight.items;
    this.#bytes -= entry.weight.bytes;
    return entry;
  }

  #takeOldest(): { key: Key } | undefined {
    const next = this.#oldest.next();
    if (!next.done) return { key: next.value };
    // An iterator that came to its end stays there, although entries were added since.
    this.#oldest = this.#entries.keys();
    const first = this.#oldest.next();
    return first.done ? undefined : { key: first.value };
  }
}
