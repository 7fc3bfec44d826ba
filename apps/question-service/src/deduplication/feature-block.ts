/** Features of one sort: each has a weight, and counts by the square root of how often it occurs. */
export interface FeatureBlock {
  add(feature: string, weight: number): void;
  /**
   * Adds the block to a vector by signed feature hashing, scaled so that its square length is `mass`
   * whatever the number of its features; an empty block adds nothing.
   *
   * @see Weinberger et al. (2009), Feature Hashing for Large Scale Multitask Learning, ICML.
   */
  addTo(vector: Float32Array, mass: number): void;
}

export function createFeatureBlock(): FeatureBlock {
  const counts = new Map<string, { readonly weight: number; count: number }>();
  return {
    add(feature, weight) {
      const seen = counts.get(feature);
      if (seen) seen.count += 1;
      else counts.set(feature, { weight, count: 1 });
    },
    addTo(vector, mass) {
      let square = 0;
      for (const { weight, count } of counts.values()) square += weight * weight * count;
      if (square === 0 || mass <= 0) return;
      const scale = Math.sqrt(mass / square);
      for (const [feature, { weight, count }] of counts) {
        const hash = fnv1a(feature);
        const at = hash % vector.length;
        const value = scale * weight * Math.sqrt(count);
        vector[at] = (vector[at] as number) + ((hash >>> 16) & 1 ? value : -value);
      }
    },
  };
}

/** FNV-1a over UTF-16 units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The multiplication leaves the low bits of short texts close together: they are mixed once more.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
