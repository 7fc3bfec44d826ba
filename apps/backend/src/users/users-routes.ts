import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changePasswordBodySchema, loginSchema, toLoginView } from '../auth/auth-schemas.ts';
import type { AuthService } from '../auth/auth-service.ts';
import { bearerSecurity, type RequireUser, unauthorized } from '../auth/require-user.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import type { RequestLimits } from '../rate-limits/request-limits.ts';
import { clientAddress } from '../security/client-address.ts';
import { changeUserBodySchema, toUserView, userSchema } from './user-schemas.ts';
import type { User, UsersRepository } from './users-repository.ts';

const tags = ['users'];

/** The user's own record. */
export function usersRoutes(dependencies: {
  readonly users: UsersRepository;
  readonly auth: AuthService;
  readonly requireUser: RequireUser;
  readonly requireFreshLogin: RequireUser;
  readonly limits: RequestLimits;
  readonly deleteUser: (userId: string) => Promise<void>;
}): FastifyPluginAsyncZod {
  const { users, auth, limits, deleteUser } = dependencies;

  return async (app) => {
    app.addHook('onRequest', dependencies.requireUser);

    app.route({
      method: 'GET',
      url: '/me',
      schema: {
        tags,
        summary: 'The user',
        security: bearerSecurity,
        response: { 200: userSchema, ...problemResponses() },
      },
      handler: async (request) => toUserView(existing(await users.findById(request.userId))),
    });

    app.route({
      method: 'PATCH',
      url: '/me',
      onRequest: limits.user,
      schema: {
        tags,
        summary: 'Change the display name',
        description: 'The e-mail address cannot be changed: nothing here could prove the new one.',
        security: bearerSecurity,
        body: changeUserBodySchema,
        response: { 200: userSchema, ...problemResponses('rate_limited') },
      },
      handler: async (request) =>
        toUserView(existing(await users.rename(request.userId, request.body.displayName))),
    });

    app.route({
      method: 'POST',
      url: '/me/password',
      onRequest: limits.user,
      schema: {
        tags,
        summary: 'Change the password',
        description:
          'Ends every login of the user, this one too, with their access tokens, and answers with a new one. Wrong passwords count as failed logins.',
        security: bearerSecurity,
        body: changePasswordBodySchema,
        response: { 200: loginSchema, ...problemResponses('wrong_password', 'rate_limited') },
      },
      handler: async (request) => {
        const user = existing(await users.findById(request.userId));
        const address = clientAddress(request);
        return toLoginView(await auth.changePassword(user, { ...request.body, address }));
      },
    });

    app.route({
      method: 'DELETE',
      url: '/me',
      onRequest: [limits.user, dependencies.requireFreshLogin],
      schema: {
        tags,
        summary: 'Delete the user',
        description:
          'Needs a login of the last minutes: else 401 login_not_fresh, and a new login first. Removes the address, name, password, logins, results, and sessions without a response. What stays, for calibrating questions: sessions with responses, without a user, under new ids, with times moved to the start of their day.',
        security: bearerSecurity,
        response: { 204: z.undefined(), ...problemResponses('login_not_fresh', 'rate_limited') },
      },
      handler: async (request, reply) => {
        await deleteUser(request.userId);
        return reply.code(204).send(undefined);
      },
    });
  };
}

/** Deleted since the token was checked: nobody is behind it then. */
function existing(user: User | undefined): User {
  if (user === undefined) throw unauthorized();
  return user;
}
