import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type Patch, patchSearch } from './search-params.ts';

/** The query of the address, and a function that changes parts of it; a new entry of the history only where `push` says so. */
export function useSearchState(): readonly [
  URLSearchParams,
  (patch: Patch, options?: { push?: boolean }) => void,
] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const patch = useCallback(
    (change: Patch, { push = false }: { push?: boolean } = {}) => {
      // Of now, not of the last drawing: two changes in one event must both count.
      const next = patchSearch(window.location.search, change);
      navigate(next === '' ? path : `${path}?${next}`, { replace: !push });
    },
    [navigate, path],
  );
  return [params, patch];
}
