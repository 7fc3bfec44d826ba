import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.ts';

/**
 * Counted in this process, unlike the limits of the API: what is limited here shows the process, and must be
 * readable while the database is away.
 */
export const localRateLimits: RateLimitPluginOptions = {
  global: false,
  enableDraftSpec: true,
  errorResponseBuilder: (_request, { after }) =>
    new ProblemError('rate_limited', { detail: `Try again in ${after}.` }),
};

/**
 * Limits routes that others register, by their paths, all together. Call it after the limiter and
 * before the routes.
 */
export function limitPaths(
  app: FastifyInstance,
  options: { readonly paths: readonly string[]; readonly requestsPerMinute: number },
): void {
  const { paths, requestsPerMinute } = options;
  const limit = app.rateLimit({ max: requestsPerMinute, timeWindow: 60_000 });
  app.addHook('onRoute', (route) => {
    if (paths.includes(route.url)) route.onRequest = [route.onRequest ?? [], limit].flat();
  });
}
