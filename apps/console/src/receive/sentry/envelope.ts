import { Problem } from '../../http/problem.ts';

export type Header = Readonly<Record<string, unknown>>;

export interface EnvelopeItem {
  readonly type: string;
  readonly header: Header;
  readonly payload: Buffer;
}

export interface Envelope {
  readonly header: Header;
  readonly items: readonly EnvelopeItem[];
}

const newline = 0x0a;

/**
 * Parses a Sentry envelope: a line of JSON, then items of a line of JSON and a payload. A payload is
 * as long as its header says in bytes, whatever is in it, or else ends at the next newline.
 *
 * @throws {Problem} malformed_envelope
 */
export function parseEnvelope(bytes: Buffer): Envelope {
  const head = readLine(bytes, 0);
  const header = parseHeader(head.line);
  const items: EnvelopeItem[] = [];
  let position = head.next;
  while (position < bytes.length) {
    // A newline may follow the last item.
    if (bytes[position] === newline) {
      position += 1;
      continue;
    }
    const line = readLine(bytes, position);
    const itemHeader = parseHeader(line.line);
    const { payload, next } = readPayload(bytes, {
      start: line.next,
      length: itemHeader['length'],
    });
    const type = itemHeader['type'];
    if (typeof type !== 'string') throw malformed('an item has no type');
    items.push({ type, header: itemHeader, payload });
    position = next;
  }
  return { header, items };
}

function readLine(bytes: Buffer, start: number): { line: Buffer; next: number } {
  const found = bytes.indexOf(newline, start);
  const end = found < 0 ? bytes.length : found;
  return { line: bytes.subarray(start, end), next: end + 1 };
}

function readPayload(
  bytes: Buffer,
  { start, length }: { start: number; length: unknown },
): { payload: Buffer; next: number } {
  if (length === undefined || length === null) {
    const { line, next } = readLine(bytes, start);
    return { payload: line, next };
  }
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
    throw malformed('the length of an item is not a count of bytes');
  }
  const end = start + length;
  if (end > bytes.length && length > 0) throw malformed('an item is shorter than its length');
  if (end < bytes.length && bytes[end] !== newline) {
    throw malformed('an item is longer than its length');
  }
  return { payload: bytes.subarray(start, end), next: end + 1 };
}

function parseHeader(line: Buffer): Header {
  const value = parseJsonObject(line);
  if (value === undefined) throw malformed('a header is not a JSON object');
  return value;
}

/** @returns undefined where the bytes are something else, or nested without end. */
export function parseJsonObject(bytes: Buffer): Header | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) && isWithinNesting(value, nestingMax) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Deeper than any SDK goes, and far from what the stack holds when the value is walked over. */
const nestingMax = 100;

function isWithinNesting(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return (
    levels > 0 && Object.values(value).every((element) => isWithinNesting(element, levels - 1))
  );
}

export function isObject(value: unknown): value is Header {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function malformed(detail: string): Problem {
  return new Problem(400, 'malformed_envelope', { detail: `Envelope: ${detail}.` });
}
