/** One item of an envelope. */
export interface EnvelopeItem {
  /** `event`, `transaction`, `log`, `trace_metric`, `client_report`, `session`, `attachment` … */
  readonly type: string;
  readonly header: Readonly<Record<string, unknown>>;
  /** Parsed JSON; text where it is none. */
  readonly payload: unknown;
  /** The header of the envelope that the item came in (`trace`, `sdk`, `sent_at` …). */
  readonly envelope: Readonly<Record<string, unknown>>;
}

const newline = 0x0a;

/**
 * Parses a Sentry envelope: a header line, then items of a header line and a payload.
 *
 * @see https://develop.sentry.dev/sdk/data-model/envelopes/
 */
export function parseEnvelope(body: Buffer): EnvelopeItem[] {
  let offset = 0;
  const take = (length: number | undefined): Buffer => {
    const lineEnd = body.indexOf(newline, offset);
    const end = length === undefined ? (lineEnd === -1 ? body.length : lineEnd) : offset + length;
    if (end > body.length) throw new Error('the envelope is cut short');
    const part = body.subarray(offset, end);
    offset = body[end] === newline ? end + 1 : end;
    return part;
  };
  const envelope = JSON.parse(take(undefined).toString()) as Record<string, unknown>;
  const items: EnvelopeItem[] = [];
  while (offset < body.length) {
    const line = take(undefined).toString();
    if (line === '') continue;
    const header = JSON.parse(line) as Record<string, unknown>;
    const length = typeof header['length'] === 'number' ? header['length'] : undefined;
    const payload = parsePayload(take(length).toString());
    items.push({ type: String(header['type']), header, payload, envelope });
  }
  return items;
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Attachments and the like are not JSON.
    return text;
  }
}
