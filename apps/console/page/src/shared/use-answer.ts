import { useQuery } from '@tanstack/react-query';
import { ApiError, fetchAnswer } from './api-client.ts';
import type { Signal } from './live.ts';
import type { Patch } from './search-params.ts';

/** Asks the API, keeps what it answered before while it asks anew, and asks again when one of `signals` has moved. */
export function useAnswer<T>(
  path: string,
  query: Patch,
  options: { readonly signals: readonly Signal[]; readonly enabled?: boolean } = { signals: [] },
) {
  return useQuery<T, Error>({
    queryKey: [path, query],
    queryFn: ({ signal }) => fetchAnswer<T>(path, query, signal),
    enabled: options.enabled ?? true,
    meta: { signals: options.signals },
    placeholderData: (previous, previousQuery) =>
      // Another query of the same list may stay in sight until the new one is there; another thing may not.
      previousQuery?.queryKey[0] === path ? previous : undefined,
  });
}

/** What was refused stays refused; what was not answered may be, a little later. */
export function shouldRetry(failureCount: number, error: Error): boolean {
  return error instanceof ApiError && error.status === 0 && failureCount < 2;
}
