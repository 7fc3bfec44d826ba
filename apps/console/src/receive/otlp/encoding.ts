import protobuf from 'protobufjs';
import { type Fields, MalformedPayload, toFields } from './fields.ts';
import type { OtlpMessages, Signal } from './messages.ts';

export type Encoding = 'json' | 'protobuf';

export const mediaTypes: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** @returns undefined where OTLP has no such encoding. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === mediaTypes.json) return 'json';
  if (mediaType === mediaTypes.protobuf) return 'protobuf';
  return undefined;
}

/** What was not taken of a request that was otherwise accepted. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

const rejectedField: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
};

/** Codes of google.rpc.Code that the receiver answers with. */
export const statusCodes = {
  invalidArgument: 3,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
} as const;

/** Decoding of requests and encoding of answers, in both encodings of OTLP/HTTP. */
export function createOtlpCodec(messages: OtlpMessages) {
  return {
    /** @throws {MalformedPayload} where the body is not of the signal's request type. */
    decodeRequest(body: Buffer, { signal, encoding }: { signal: Signal; encoding: Encoding }) {
      return encoding === 'json' ? parseJson(body) : decode(messages, { signal, body });
    },

    /** An empty response says that everything was taken. */
    encodeResponse(
      partial: PartialSuccess | undefined,
      { signal, encoding }: { signal: Signal; encoding: Encoding },
    ): Buffer {
      if (encoding === 'json') return Buffer.from(JSON.stringify(toResponse(partial, signal)));
      const type = messages.response[signal];
      return Buffer.from(type.encode(type.fromObject(toResponse(partial, signal))).finish());
    },

    encodeStatus(status: { code: number; message: string }, encoding: Encoding): Buffer {
      if (encoding === 'json') return Buffer.from(JSON.stringify(status));
      return Buffer.from(messages.status.encode(messages.status.fromObject(status)).finish());
    },
  };
}

function toResponse(partial: PartialSuccess | undefined, signal: Signal) {
  if (partial === undefined) return {};
  // An integer of 64 bits is text in JSON.
  const rejected = String(partial.rejected);
  return {
    partialSuccess: { [rejectedField[signal]]: rejected, errorMessage: partial.message },
  };
}

function parseJson(body: Buffer): Fields {
  try {
    return toFields(JSON.parse(body.toString('utf8')), 'request');
  } catch (cause) {
    if (cause instanceof MalformedPayload) throw cause;
    throw new MalformedPayload('request: not JSON', { cause });
  }
}

function decode(
  messages: OtlpMessages,
  { signal, body }: { signal: Signal; body: Buffer },
): Fields {
  try {
    return messages.request[signal].decode(new FlatTextReader(body)) as unknown as Fields;
  } catch (cause) {
    throw new MalformedPayload(`request: not a protobuf message of ${signal}`, { cause });
  }
}

/**
 * Reads text in one piece. The strict reading of protobufjs joins it from pieces of eight characters,
 * and a joined string keeps its pieces: spans would take almost three times the memory. Bytes that
 * are no UTF-8 become U+FFFD.
 */
class FlatTextReader extends protobuf.BufferReader {
  override stringVerify(): string {
    return this.string();
  }
}
