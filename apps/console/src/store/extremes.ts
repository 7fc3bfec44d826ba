/** The minimum of two, where null means "not known": then the minimum is not known either. */
export function smallest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b);
}

/** As `smallest`, for the maximum. */
export function largest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
