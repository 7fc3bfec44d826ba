import type { ErrorEvent } from '../store/model.ts';

/** What the list shows; the event as it came is at /api/errors/:id. */
export function toErrorView(event: ErrorEvent) {
  const { event: _asItCame, timeMs, ...shown } = event;
  return { ...shown, time: new Date(timeMs).toISOString() };
}
