/** Bounds for work that a person waits for: 5 ms to 10 s. The semantic conventions' own for HTTP. */
export const secondsFast: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Bounds for work that runs by itself: 100 ms to 30 minutes. */
export const secondsSlow: readonly number[] = [
  0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800,
];

/** Bounds for scores and shares in 0..1. */
export const ratioBuckets: readonly number[] = [
  0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1,
];
