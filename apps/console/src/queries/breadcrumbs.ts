import type { ErrorAnswer } from '../api/contract/errors.ts';
import { isoOf } from './time.ts';

type Breadcrumb = ErrorAnswer['breadcrumbs'][number];

/** Sentry's breadcrumbs, oldest first: a list, or an object with one in `values`. */
export function toBreadcrumbs(breadcrumbs: unknown): Breadcrumb[] {
  const list = isObject(breadcrumbs) ? breadcrumbs['values'] : breadcrumbs;
  return Array.isArray(list) ? list.filter(isObject).map(toBreadcrumb) : [];
}

function toBreadcrumb(crumb: Readonly<Record<string, unknown>>): Breadcrumb {
  const { timestamp, data } = crumb;
  const timeMs = typeof timestamp === 'number' ? timestamp * 1000 : Date.parse(String(timestamp));
  return {
    time: Number.isFinite(timeMs) ? isoOf(timeMs) : null,
    category: textOf(crumb['category']),
    level: textOf(crumb['level']) || 'info',
    message: textOf(crumb['message']),
    data: isObject(data) ? (data as Breadcrumb['data']) : {},
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
