import type { ErrorEvent } from '@sentry/node';
import { scrubText, scrubValue } from '../policy/scrub.ts';

/** An event is deeper than a log record: exception, stack trace, frames, their fields. */
const depthMax = 12;

/** Takes secrets out of whatever can hold them, before an event leaves the process. */
export function scrubEvent(event: ErrorEvent): ErrorEvent {
  const clean = <Value>(value: Value): Value => scrubValue(value, depthMax) as Value;
  const { message, exception, extra, contexts, tags, request, breadcrumbs, user } = event;
  const { transaction, fingerprint, logentry } = event;
  return {
    ...event,
    ...(message === undefined ? {} : { message: scrubText(message) }),
    ...(exception === undefined ? {} : { exception: clean(exception) }),
    ...(extra === undefined ? {} : { extra: clean(extra) }),
    ...(contexts === undefined ? {} : { contexts: clean(contexts) }),
    ...(tags === undefined ? {} : { tags: clean(tags) }),
    ...(request === undefined ? {} : { request: clean(request) }),
    ...(user === undefined ? {} : { user: clean(user) }),
    ...(transaction === undefined ? {} : { transaction: scrubText(transaction) }),
    ...(fingerprint === undefined ? {} : { fingerprint: clean(fingerprint) }),
    ...(logentry === undefined ? {} : { logentry: clean(logentry) }),
    ...(breadcrumbs === undefined ? {} : { breadcrumbs: clean(breadcrumbs) }),
  };
}
