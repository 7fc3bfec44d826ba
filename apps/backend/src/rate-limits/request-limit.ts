import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';
import type { RequestCountersRepository } from './request-counters-repository.ts';

export interface RequestLimit {
  /** Routes of one name are counted together. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
  /** Whose requests are counted. */
  subject(request: FastifyRequest): string;
}

export type LimitRequests = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Creates the hook that lets `max` requests of a subject pass in a window, over all instances, and says in
 * RateLimit headers what is left. Without its database it lets none pass: the routes behind it need that too.
 */
export function createRequestLimit(
  counters: RequestCountersRepository,
  { name, max, windowSeconds, subject }: RequestLimit,
): LimitRequests {
  return async (request, reply) => {
    const { count, seconds } = await counters.count(`${name}:${subject(request)}`, windowSeconds);
    const waitSeconds = Math.ceil(seconds);
    reply.headers({
      'RateLimit-Limit': max,
      'RateLimit-Remaining': Math.max(max - count, 0),
      'RateLimit-Reset': waitSeconds,
    });
    if (count > max) throw tooManyRequests(waitSeconds);
  };
}

/** @param seconds Until the next request can pass. */
export function tooManyRequests(seconds: number): ProblemError {
  const waitSeconds = Math.max(1, Math.ceil(seconds));
  return new ProblemError('rate_limited', {
    detail: `Try again in ${waitSeconds} s.`,
    headers: { 'Retry-After': String(waitSeconds) },
  });
}
