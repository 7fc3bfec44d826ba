/** Remembers what was added of late: at least the last `size` entries, at most twice as many. */
export interface RecentSet {
  has(entry: string): boolean;
  add(entry: string): void;
}

/** Two generations: when the young one is full it becomes the old one, and what was old is forgotten. */
export function createRecentSet(size: number): RecentSet {
  let young = new Set<string>();
  let old = new Set<string>();
  const add = (entry: string): void => {
    if (young.size >= size) {
      old = young;
      young = new Set();
    }
    young.add(entry);
  };
  return {
    has(entry) {
      if (young.has(entry)) return true;
      if (!old.has(entry)) return false;
      add(entry);
      return true;
    },
    add,
  };
}
