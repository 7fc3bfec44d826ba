import { expect } from 'vitest';
import { liveChangeSchema } from '../../src/api/contract/status.ts';
import { spanOf, tracesOf } from '../receive/otlp/payloads.ts';
import { startConsole, test } from '../running-console.ts';

/** Gives the data of one event `changed` after the other. */
async function* changesOf(port: number) {
  const response = await fetch(`http://127.0.0.1:${port}/api/live`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [, data] = /^event: changed\ndata: (.+)$/.exec(event) ?? [];
      if (data !== undefined) yield liveChangeSchema.parse(JSON.parse(data));
    }
  }
}

test('tells at once how things stand, and again when something came', async ({ console }) => {
  const changes = changesOf(console.port);
  const first = await changes.next();

  const payload = JSON.stringify(tracesOf([spanOf('1'.repeat(16))]));
  await console.post('/v1/traces', payload, { 'content-type': 'application/json' });
  const second = await changes.next();

  expect(first.value?.revisions).toEqual({ traces: 0, metrics: 0, logs: 0, errors: 0 });
  expect(second.value?.revisions).toEqual({ traces: 1, metrics: 0, logs: 0, errors: 0 });
  expect(await console.get('/api/status')).toMatchObject({ liveSubscribers: 1 });
  await changes.return(undefined);
});

test('refuses more listeners than it can serve', async ({ console }) => {
  const url = `http://127.0.0.1:${console.port}/api/live`;
  const listening = await Promise.all(Array.from({ length: 32 }, () => fetch(url)));

  const refused = await fetch(url);

  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'too_many_subscribers' });
  for (const { body } of listening) await body?.cancel();
});

test('ends with the console, whoever listens', async () => {
  const console = await startConsole();
  const changes = changesOf(console.port);
  await changes.next();

  await console[Symbol.asyncDispose]();

  expect(await changes.next()).toEqual({ done: true, value: undefined });
});
