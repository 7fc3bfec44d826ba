import { oneOf, type Patch } from '../shared/search-params.ts';
import { severities } from '../shared/words.ts';

export const logFilters = [
  'text',
  'severity',
  'service',
  'traceId',
  'spanId',
  'eventName',
] as const;

/** The filter that the address holds, as parameters of the API. */
export function logQueryOf(params: URLSearchParams): Patch {
  return {
    text: params.get('text'),
    severity: oneOf(params.get('severity'), ['', ...severities]),
    service: params.get('service'),
    traceId: params.get('traceId'),
    spanId: params.get('spanId'),
    eventName: params.get('eventName'),
    attribute: params.getAll('attribute').filter((pair) => /^[^=]+=/.test(pair)),
  };
}

export function hasFilter(params: URLSearchParams): boolean {
  return [...logFilters, 'attribute'].some((key) => params.has(key));
}
