import type { Context } from '@opentelemetry/api';

/** More links than this are folded: work that derives one context from another for ever must not grow. */
const depthMax = 24;

/** Adds a value to a context. A request derives several: a link each is cheaper than a copy of all values. */
export function withValue(parent: Context, key: symbol, value: unknown): Context {
  if (parent instanceof LinkedContext) return parent.setValue(key, value);
  return new LinkedContext(parent, key, value, 1);
}

class LinkedContext implements Context {
  readonly #parent: Context;
  readonly #key: symbol;
  readonly #value: unknown;
  readonly #depth: number;

  constructor(parent: Context, key: symbol, value: unknown, depth: number) {
    this.#parent = parent;
    this.#key = key;
    this.#value = value;
    this.#depth = depth;
  }

  getValue(key: symbol): unknown {
    let link: Context = this;
    while (link instanceof LinkedContext) {
      if (link.#key === key) return link.#value;
      link = link.#parent;
    }
    return link.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (this.#depth < depthMax) return new LinkedContext(this, key, value, this.#depth + 1);
    return this.#fold().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.setValue(key, undefined);
  }

  /** The same values in a context that copies them. */
  #fold(): Context {
    const links: LinkedContext[] = [];
    let link: Context = this;
    while (link instanceof LinkedContext) {
      links.push(link);
      link = link.#parent;
    }
    return links.reduceRight<Context>(
      (folded, each) => folded.setValue(each.#key, each.#value),
      link,
    );
  }
}
