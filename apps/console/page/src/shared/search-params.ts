/** What a view shows, as the query of its address: a link to it shows the same. */

export type Patch = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** The query with some parameters replaced; null, undefined and nothing take one away. */
export function patchSearch(search: string, patch: Patch): string {
  const params = new URLSearchParams(search);
  for (const [key, value] of Object.entries(patch)) {
    params.delete(key);
    const values = typeof value === 'string' ? [value] : (value ?? []);
    for (const each of values) if (each !== '') params.append(key, each);
  }
  return params.toString();
}

/** A path with a query that leaves out what is empty. */
export function pathWith(path: string, query: Patch): string {
  const search = patchSearch('', query);
  return search === '' ? path : `${path}?${search}`;
}

/** A parameter that is one of a few words; else the first of them. */
export function oneOf<T extends string>(value: string | null, allowed: readonly [T, ...T[]]): T {
  return allowed.find((each) => each === value) ?? allowed[0];
}

/** A parameter that is a number of 0 or more; else undefined. */
export function numberOf(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
