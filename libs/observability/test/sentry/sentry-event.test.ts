import type { ErrorEvent } from '@sentry/node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrubEvent } from '../../src/sentry/sentry-event.ts';
import { plantedSecrets } from '../policy/planted-secrets.ts';

/** A text in every place of an event that Sentry's own integrations, or other code, may write to. */
function eventOf(text: string): ErrorEvent {
  return {
    type: undefined,
    event_id: 'e'.repeat(32),
    message: text,
    logentry: { message: text, params: [text] },
    transaction: text,
    fingerprint: [text],
    user: { id: text, email: text, username: text },
    tags: { text },
    extra: { text, deep: { list: [text] } },
    contexts: { trace: { trace_id: 't', span_id: 's', data: { 'url.full': text } }, any: { text } },
    exception: {
      values: [{ type: text, value: text, stacktrace: { frames: [{ vars: { text } }] } }],
    },
    request: {
      url: text,
      method: 'POST',
      query_string: text,
      data: { text },
      headers: { referer: text },
      env: { TEXT: text },
    },
    breadcrumbs: [
      {
        category: 'http',
        message: text,
        data: { url: text, 'http.query': text, nested: { text } },
      },
      { category: 'console', message: text, data: { arguments: [text], logger: 'console' } },
    ],
  };
}

test('no secret stays in an event, breadcrumbs and request included', () => {
  fc.assert(
    fc.property(fc.oneof(...plantedSecrets), ({ text, secret }) => {
      const sent = JSON.stringify(scrubEvent(eventOf(text)));
      expect(sent).not.toContain(secret);
      expect(sent).toContain('"trace_id":"t"');
    }),
    { numRuns: 300 },
  );
});

test('what is secret by its name is not sent, whatever it looks like', () => {
  const event = scrubEvent({
    ...eventOf('fine'),
    request: {
      headers: { Authorization: 'opensesame', Cookie: 'opensesame', 'X-Api-Key': 'opensesame' },
      cookies: { session: 'opensesame' },
      data: { password: 'opensesame', seed: 7 },
      query_string: 'token=opensesame&seed=7',
    },
    breadcrumbs: [{ category: 'http', data: { 'set-cookie': 'opensesame', status_code: 200 } }],
  });

  expect(JSON.stringify(event)).not.toContain('opensesame');
  expect(event.request?.data).toMatchObject({ seed: 7 });
  expect(event.breadcrumbs?.[0]?.data).toMatchObject({ status_code: 200 });
});

test('an event without any of it stays as it is', () => {
  const event: ErrorEvent = { type: undefined, event_id: 'e'.repeat(32), platform: 'node' };
  expect(scrubEvent(event)).toEqual(event);
});
