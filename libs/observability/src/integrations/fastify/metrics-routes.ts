import type { FastifyInstance } from 'fastify';
import type { Observability } from '../../observability.ts';
import { isSameSecret } from '../../policy/same-secret.ts';

export interface MetricsRouteOptions {
  readonly paths: readonly string[];
  /** Where set, a scrape must bring it as a bearer token. */
  readonly token?: string | undefined;
  /** Without a token the routes do not exist (404). */
  readonly required: boolean;
}

/** A scrape without the right token; error handlers see the status and the code. */
export class MetricsUnauthorizedError extends Error {
  override readonly name = 'MetricsUnauthorizedError';
  readonly code = 'unauthorized';
  readonly statusCode = 401;

  constructor() {
    super('the metrics need a bearer token');
  }
}

export function addMetricsRoutes(
  app: FastifyInstance,
  observability: Pick<Observability, 'metricsText'>,
  { paths, token, required }: MetricsRouteOptions,
): void {
  for (const path of paths) {
    app.get(path, { schema: { hide: true } as object }, async (request, reply) => {
      if (token === undefined && required) return reply.callNotFound();
      if (token !== undefined && !isBearer(request.headers.authorization, token)) {
        reply.header('www-authenticate', 'Bearer');
        throw new MetricsUnauthorizedError();
      }
      const { contentType, body } = await observability.metricsText(request.headers.accept);
      return reply.header('cache-control', 'no-store').type(contentType).send(body);
    });
  }
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = /^bearer (.+)$/i.exec(header ?? '')?.[1] ?? '';
  return isSameSecret(given, token);
}
