import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { generalProblemCodes } from './problem/general-problems.ts';
import { type ProblemResponse, problemResponses } from './problem/problem-schema.ts';

/** The OpenAPI 3.1 document: its frame here, its contents from the routes' own schemas. */
export const apiDocument: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'AIQ backend',
      version: '1.0.0',
      description: 'Users, adaptive test sessions, scores, and the history of generation runs.',
    },
    tags: [
      { name: 'auth', description: 'Registration, login, tokens' },
      { name: 'users', description: 'The user' },
      { name: 'test-sessions', description: 'From the first question to the result' },
      { name: 'admin', description: 'For operators and services' },
    ],
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        adminToken: { type: 'http', scheme: 'bearer', description: 'BACKEND_ADMIN_TOKEN' },
      },
    },
  },
  transform: (input) => jsonSchemaTransform({ ...input, schema: withGeneralProblems(input) }),
  transformObject: (document) => withoutUnusedSchemas(jsonSchemaTransformObject(document)),
};

type TransformInput = Parameters<typeof jsonSchemaTransform>[0];

/** The errors that a route states and those of every route of its shape, by status. */
function withGeneralProblems({ schema, url, route }: TransformInput): TransformInput['schema'] {
  if (schema.hide) return schema;
  const { method } = route;
  const stated = Object.entries((schema.response ?? {}) as Record<string, object>);
  const isProblem = (entry: [string, object]): entry is [string, ProblemResponse] =>
    'codes' in entry[1];
  const own = stated.filter(isProblem).flatMap(([, { codes }]) => codes);
  const problems = problemResponses(...own, ...generalProblemCodes({ method, url, schema }));
  const success = stated.filter((entry) => !isProblem(entry));
  const documented = Object.entries(problems).map(([status, { description, content }]) => [
    status,
    { description, content },
  ]);
  return { ...schema, response: Object.fromEntries([...success, ...documented]) };
}

type TransformedDocument = ReturnType<typeof jsonSchemaTransformObject>;

/** Each schema is registered for both directions, as `X` and `XInput`: most are used in one. */
function withoutUnusedSchemas(document: TransformedDocument): TransformedDocument {
  const { paths, components = {} } = document as OpenAPIV3_1.Document;
  const { schemas = {} } = components;
  const used: Record<string, (typeof schemas)[string]> = {};
  const collect = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(reference)) {
      const schema = schemas[name];
      if (schema === undefined || name in used) continue;
      used[name] = schema;
      collect(schema);
    }
  };
  collect(paths);
  return { ...document, components: { ...components, schemas: used } } as TransformedDocument;
}

const reference = /"#\/components\/schemas\/(\w+)"/g;
