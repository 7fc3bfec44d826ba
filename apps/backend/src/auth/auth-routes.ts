import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '../problem/problem-schema.ts';
import type { RequestLimits } from '../rate-limits/request-limits.ts';
import { clientAddress } from '../security/client-address.ts';
import {
  loginBodySchema,
  loginSchema,
  refreshBodySchema,
  registerBodySchema,
  tokensSchema,
  toLoginView,
  toTokensView,
} from './auth-schemas.ts';
import type { AuthService } from './auth-service.ts';
import { bearerSecurity, type RequireUser } from './require-user.ts';

const tags = ['auth'];

/** Registration and login: rate-limited, because each costs an argon2id hash or could be guessing. */
export function authRoutes(dependencies: {
  readonly auth: AuthService;
  readonly requireUser: RequireUser;
  readonly limits: RequestLimits;
}): FastifyPluginAsyncZod {
  const { auth, requireUser, limits } = dependencies;

  return async (app) => {
    app.route({
      method: 'POST',
      url: '/register',
      onRequest: limits.registrations,
      schema: {
        tags,
        summary: 'Register and log in',
        description:
          'The password is compared with common ones and with the name and the address. An address that is registered already is told.',
        body: registerBodySchema,
        response: { 201: loginSchema, ...problemResponses('email_taken', 'rate_limited') },
      },
      handler: async (request, reply) => {
        const login = await auth.register({
          ...request.body,
          address: clientAddress(request),
        });
        return reply.code(201).send(toLoginView(login));
      },
    });

    app.route({
      method: 'POST',
      url: '/login',
      onRequest: limits.authentication,
      schema: {
        tags,
        summary: 'Log in',
        description:
          'An unknown address and a wrong password get the same answer. After a few of either the next attempt must wait, twice as long each time, as Retry-After says.',
        body: loginBodySchema,
        response: { 200: loginSchema, ...problemResponses('invalid_credentials', 'rate_limited') },
      },
      handler: async (request) =>
        toLoginView(await auth.login({ ...request.body, address: clientAddress(request) })),
    });

    app.route({
      method: 'POST',
      url: '/refresh',
      onRequest: limits.authentication,
      schema: {
        tags,
        summary: 'Exchange a refresh token for new tokens',
        description:
          'Each refresh token is good once. Sent again within moments while its successor is unused, as after a lost answer, it gives the same successor; later, a spent one that comes back ends its login.',
        body: refreshBodySchema,
        response: {
          200: tokensSchema,
          ...problemResponses('invalid_refresh_token', 'rate_limited'),
        },
      },
      handler: async (request) => toTokensView(await auth.refresh(request.body.refreshToken)),
    });

    app.route({
      method: 'POST',
      url: '/logout',
      onRequest: limits.authentication,
      schema: {
        tags,
        summary: 'End the login that a refresh token belongs to',
        description: 'Its access tokens end with it, at once.',
        body: refreshBodySchema,
        response: { 204: z.undefined(), ...problemResponses('rate_limited') },
      },
      handler: async (request, reply) => {
        await auth.logout(request.body.refreshToken);
        return reply.code(204).send(undefined);
      },
    });

    app.route({
      method: 'POST',
      url: '/logout-all',
      onRequest: [limits.authentication, requireUser],
      schema: {
        tags,
        summary: 'End all logins of the user',
        description: 'Their access tokens end with them, at once.',
        security: bearerSecurity,
        response: { 204: z.undefined(), ...problemResponses('rate_limited') },
      },
      handler: async (request, reply) => {
        await auth.logoutAll(request.userId);
        return reply.code(204).send(undefined);
      },
    });
  };
}
