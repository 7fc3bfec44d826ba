import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bearerSecurity, type RequireUser, unauthorized } from '../auth/require-user.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import { changeUserBodySchema, toUserView, userSchema } from './user-schemas.ts';
import type { User, UsersRepository } from './users-repository.ts';

const tags = ['users'];

/** The user's own record. */
export function usersRoutes(dependencies: {
  readonly users: UsersRepository;
  readonly requireUser: RequireUser;
}): FastifyPluginAsyncZod {
  const { users, requireUser } = dependencies;

  return async (app) => {
    app.addHook('onRequest', requireUser);

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
      schema: {
        tags,
        summary: 'Change the display name',
        security: bearerSecurity,
        body: changeUserBodySchema,
        response: { 200: userSchema, ...problemResponses() },
      },
      handler: async (request) =>
        toUserView(existing(await users.rename(request.userId, request.body.displayName))),
    });

    app.route({
      method: 'DELETE',
      url: '/me',
      schema: {
        tags,
        summary: 'Delete the user with all sessions, responses and results',
        security: bearerSecurity,
        response: { 204: z.undefined(), ...problemResponses() },
      },
      handler: async (request, reply) => {
        if (!(await users.delete(request.userId))) throw unauthorized();
        return reply.code(204).send(undefined);
      },
    });
  };
}

/** A token outlives its user by at most its lifetime: nobody is behind it then. */
function existing(user: User | undefined): User {
  if (user === undefined) throw unauthorized();
  return user;
}
