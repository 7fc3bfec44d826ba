import { numberOf, oneOf, type Patch } from '../shared/search-params.ts';
import type { TraceSearch } from '../shared/search-text.ts';

export const sorts = ['newest', 'slowest'] as const;

/** The search that the address holds. */
export function searchOf(params: URLSearchParams): TraceSearch {
  return {
    name: params.get('name') ?? '',
    service: params.get('service') ?? '',
    status: oneOf(params.get('status'), ['', 'ok', 'error']),
    minDurationMs: String(numberOf(params.get('minDurationMs')) ?? ''),
    attributes: params.getAll('attribute').filter((pair) => /^[^=]+=/.test(pair)),
  };
}

/** A search as parameters, of the address and of the API alike. */
export function toQuery(search: TraceSearch): Patch {
  const { attributes, ...rest } = search;
  return { ...rest, attribute: attributes };
}
