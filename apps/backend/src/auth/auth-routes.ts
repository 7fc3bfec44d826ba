import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '../problem/problem-schema.ts';
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
  readonly requestsPerMinute: number;
}): FastifyPluginAsyncZod {
  const { auth, requireUser, requestsPerMinute } = dependencies;
  const config = { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } };

  return async (app) => {
    app.route({
      method: 'POST',
      url: '/register',
      config,
      schema: {
        tags,
        summary: 'Register and log in',
        body: registerBodySchema,
        response: { 201: loginSchema, ...problemResponses('email_taken', 'rate_limited') },
      },
      handler: async (request, reply) => {
        const login = await auth.register(request.body);
        return reply.code(201).send(toLoginView(login));
      },
    });

    app.route({
      method: 'POST',
      url: '/login',
      config,
      schema: {
        tags,
        summary: 'Log in',
        body: loginBodySchema,
        response: { 200: loginSchema, ...problemResponses('invalid_credentials', 'rate_limited') },
      },
      handler: async (request) => toLoginView(await auth.login(request.body)),
    });

    app.route({
      method: 'POST',
      url: '/refresh',
      config,
      schema: {
        tags,
        summary: 'Exchange a refresh token for new tokens',
        description: 'Each refresh token is good once. A spent one that comes back ends its login.',
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
      config,
      schema: {
        tags,
        summary: 'End the login that a refresh token belongs to',
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
      config,
      onRequest: requireUser,
      schema: {
        tags,
        summary: 'End all logins of the user',
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
