import { type Fault, grpcStatusOf } from '@aiq/testing';

export const protocols = ['http/protobuf', 'http/json', 'grpc'] as const;
export type Protocol = (typeof protocols)[number];

/** One row of the suite: what is played on the way to every destination at once. */
export interface FaultCase {
  readonly name: string;
  /** `no such host` cannot be switched while a program runs: the program has it from its start. */
  readonly play: Fault | 'no such host';
  /** The receiver can have what the answer does not tell: it comes after the data, and is cut or makes no sense. */
  readonly isAmbiguous?: true;
  /** One long outage, in place of short ones that alternate. */
  readonly isOutage?: true;
}

const statuses = [400, 401, 403, 413, 429, 500, 503] as const;

/** Every fault there is, after a row without any: the noise of the measurement. */
export const faultCases: readonly FaultCase[] = [
  { name: 'none', play: { kind: 'none' } },
  { name: 'refused', play: { kind: 'refused' } },
  { name: 'hang before headers', play: { kind: 'hang before headers' } },
  { name: 'hang after headers', play: { kind: 'hang after headers' } },
  { name: 'slow body', play: { kind: 'slow body' } },
  { name: 'reset mid-body', play: { kind: 'reset mid-body' }, isAmbiguous: true },
  ...statuses.map(
    (status): FaultCase => ({
      name: String(status),
      play: { kind: 'status', status, ...(status === 429 ? { retryAfterSeconds: 1 } : {}) },
    }),
  ),
  { name: 'garbage', play: { kind: 'garbage' }, isAmbiguous: true },
  { name: 'wrong content type', play: { kind: 'wrong content type' }, isAmbiguous: true },
  { name: 'no such host', play: 'no such host' },
  { name: 'gone and back', play: { kind: 'refused' }, isOutage: true },
];

/** The fault in the words of the protocol. */
export function describeFault(
  { name, play }: Pick<FaultCase, 'name' | 'play'>,
  protocol: Protocol,
): string {
  if (play === 'no such host' || play.kind !== 'status') return name;
  const told = protocol === 'grpc' ? `${grpcStatusOf(play.status).name} (${name})` : name;
  if (play.retryAfterSeconds === undefined || protocol === 'grpc') return told;
  return `${told}, Retry-After ${play.retryAfterSeconds} s`;
}
