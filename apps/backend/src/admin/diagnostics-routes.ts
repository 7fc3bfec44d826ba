import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** An error on purpose: what an operator asks for to see one travel from a request to Sentry. */
export class DeliberateError extends Error {
  override readonly name = 'DeliberateError';
  readonly code = 'deliberate_error';
}

/** Ways to try out telemetry on a running service; not part of the documented API. */
export function diagnosticsRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/error',
      schema: { hide: true },
      handler: async () => {
        throw new DeliberateError('an error that was asked for, to see where it arrives');
      },
    });
  };
}
