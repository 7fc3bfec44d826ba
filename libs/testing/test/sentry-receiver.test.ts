import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startSentryReceiver } from '../src/index.ts';
import { encodeOtlp } from '../src/otlp/otlp-schema.ts';
import { traces, withBase64Ids } from './otlp-fixture.ts';

const event = { event_id: 'fc6d8c0c43fc4630ad850ee518f1b9d0', message: 'schön\nkaputt' };
const eventText = JSON.stringify(event);
const attachment = 'line one\nline two';
const envelope = [
  JSON.stringify({ event_id: event.event_id, trace: { trace_id: 'abc' } }),
  JSON.stringify({ type: 'event', length: Buffer.byteLength(eventText) }),
  eventText,
  JSON.stringify({ type: 'attachment', length: attachment.length, filename: 'a.txt' }),
  attachment,
  JSON.stringify({ type: 'client_report' }),
  JSON.stringify({ discarded_events: [] }),
  '',
].join('\n');

function send(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', headers, body });
}

describe('startSentryReceiver', () => {
  test.for([
    ['identity', (body: string) => body],
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('takes an envelope sent as %s apart', async ([encoding, compress]) => {
    await using receiver = await startSentryReceiver();
    const response = await send(
      `${receiver.url}/api/1/envelope/?sentry_key=k`,
      compress(envelope),
      {
        'content-encoding': encoding,
      },
    );

    expect(response.status).toBe(200);
    expect(receiver.events()).toEqual([event]);
    expect(receiver.items()).toMatchObject([
      { type: 'event', payload: event, envelope: { trace: { trace_id: 'abc' } } },
      { type: 'attachment', payload: attachment, header: { filename: 'a.txt' } },
      { type: 'client_report', payload: { discarded_events: [] } },
    ]);
    expect(receiver.requests).toMatchObject([{ project: '1' }]);
  });

  test('its DSN leads to it', async () => {
    await using receiver = await startSentryReceiver();
    const dsn = new URL(receiver.dsn);

    await send(`http://${dsn.host}/api${dsn.pathname}/envelope/`, envelope);

    expect(dsn.username).toBe('publickey');
    expect(receiver.events()).toHaveLength(1);
  });

  test('takes spans by the OTLP endpoint, apart from envelopes', async () => {
    await using receiver = await startSentryReceiver();
    const body = encodeOtlp('traces', withBase64Ids(traces));
    await send(`${receiver.url}/api/7/integration/otlp/v1/traces`, body, {
      'content-type': 'application/x-protobuf',
    });

    expect(receiver.otlpRequests).toMatchObject([{ project: '7' }]);
    expect(receiver.spans().map((span) => span.name)).toEqual(['GET /v1/things/{id}', 'root']);
    expect(receiver.items()).toEqual([]);
  });

  test('refuses a broken envelope and an unknown path, and goes on', async () => {
    await using receiver = await startSentryReceiver();
    const cut = envelope.slice(0, 120);

    expect((await send(`${receiver.url}/api/1/envelope/`, cut)).status).toBe(400);
    expect((await send(`${receiver.url}/api/1/store/`, envelope)).status).toBe(404);
    expect((await send(`${receiver.url}/api/1/envelope/`, envelope)).status).toBe(200);
    expect(receiver.events()).toHaveLength(1);
  });

  test('clear forgets all', async () => {
    await using receiver = await startSentryReceiver();
    await send(`${receiver.url}/api/1/envelope/`, envelope);
    receiver.clear();

    expect([...receiver.items(), ...receiver.requests]).toEqual([]);
  });
});
