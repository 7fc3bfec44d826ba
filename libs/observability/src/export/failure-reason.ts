/** Why a batch did not arrive: a closed set, so that it can be a label. */
export const failureReasons = [
  'timeout',
  'connection_refused',
  'connection_reset',
  'dns',
  'status_401',
  'status_413',
  'status_429',
  'status_4xx',
  'status_5xx',
  'other',
] as const;
export type FailureReason = (typeof failureReasons)[number];

const byText: readonly (readonly [RegExp, FailureReason])[] = [
  [/ENOTFOUND|EAI_AGAIN|name resolution/i, 'dns'],
  [/ECONNREFUSED/, 'connection_refused'],
  [/ECONNRESET|EPIPE|socket hang up|\baborted\b/i, 'connection_reset'],
  [/ETIMEDOUT|timed? ?out|no answer|did not answer|deadline/i, 'timeout'],
];

/** @see https://grpc.io/docs/guides/status-codes/ */
const byGrpcCode: Readonly<Record<number, FailureReason>> = {
  3: 'status_4xx',
  4: 'timeout',
  5: 'status_4xx',
  7: 'status_401',
  8: 'status_429',
  12: 'status_4xx',
  13: 'status_5xx',
  14: 'status_5xx',
  16: 'status_401',
};

const byStatus: Readonly<Record<number, FailureReason>> = {
  401: 'status_401',
  403: 'status_401',
  413: 'status_413',
  429: 'status_429',
};

/** Reads what exporters and sockets say: a code where there is one, their words where there is none. */
export function toFailureReason(error: unknown): FailureReason {
  const { message, code, cause } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const text = `${String(code)} ${String(message)} ${String(cause)}`;
  const named = byText.find(([pattern]) => pattern.test(text))?.[1];
  if (named !== undefined) return named;
  const status = Number(code);
  if (status >= 400 && status < 600) {
    return byStatus[status] ?? (status < 500 ? 'status_4xx' : 'status_5xx');
  }
  return byGrpcCode[status] ?? 'other';
}
