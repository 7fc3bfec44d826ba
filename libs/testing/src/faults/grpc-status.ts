/**
 * What an HTTP status is called among gRPC's own, as OTLP uses them; a message that is too large is refused by gRPC
 * as RESOURCE_EXHAUSTED, like a client that sends too much.
 *
 * @see https://grpc.io/docs/guides/status-codes/
 */
export const grpcStatuses = {
  400: { code: 3, name: 'INVALID_ARGUMENT' },
  401: { code: 16, name: 'UNAUTHENTICATED' },
  403: { code: 7, name: 'PERMISSION_DENIED' },
  413: { code: 8, name: 'RESOURCE_EXHAUSTED' },
  429: { code: 8, name: 'RESOURCE_EXHAUSTED' },
  500: { code: 13, name: 'INTERNAL' },
  503: { code: 14, name: 'UNAVAILABLE' },
} as const satisfies Readonly<Record<number, { code: number; name: string }>>;

/** @returns UNKNOWN for a status that has no equal. */
export function grpcStatusOf(status: number): { readonly code: number; readonly name: string } {
  const known: Readonly<Record<number, { code: number; name: string }>> = grpcStatuses;
  return known[status] ?? { code: 2, name: 'UNKNOWN' };
}
