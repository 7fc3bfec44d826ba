/** What a fault proxy does with a request, or with a connection. */
export type Fault =
  /** Passes everything on. */
  | { readonly kind: 'none' }
  /** Nobody listens: connections are refused, those that there are end. */
  | { readonly kind: 'refused' }
  /** Takes a request, or bytes, and never answers. */
  | { readonly kind: 'hang before headers' }
  /** Answers with headers and never with a body. */
  | { readonly kind: 'hang after headers' }
  /** Answers with a body that trickles, a byte at a time, without an end. @default everyMs 100 */
  | { readonly kind: 'slow body'; readonly everyMs?: number }
  /** Passes the request on, and cuts the connection in the middle of the answer. */
  | { readonly kind: 'reset mid-body' }
  /** Answers with a status, and passes nothing on. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** For 429 and 503. */
      readonly retryAfterSeconds?: number;
    }
  /** Passes the request on, and answers 200 with bytes that mean nothing. */
  | { readonly kind: 'garbage' }
  /** Passes the request on, and answers 200 with a page of HTML. */
  | { readonly kind: 'wrong content type' };

/** What came to a proxy since it was started. */
export interface FaultCounters {
  readonly connections: number;
  /** Requests whose body came whole; 0 for raw TCP. */
  readonly requests: number;
  /** Requests that the target answered. */
  readonly forwarded: number;
  /** Requests and connections that met a fault. */
  readonly faulted: number;
}
