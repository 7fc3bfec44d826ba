import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

/** Bits of an IPv6 address that name a customer's network: within it a client chooses its address freely. */
const ipv6NetworkBits = 64;

/** Gives what a client is told apart by: its IPv4 address or its IPv6 network, as the trusted proxies name it. */
export function clientAddress(request: Pick<FastifyRequest, 'ip'>): string {
  return normalizeIP(request.ip, ipv6NetworkBits);
}
