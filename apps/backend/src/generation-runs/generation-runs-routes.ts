import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adminSecurity } from '../admin/require-admin.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import type { GenerationRun, GenerationRunsRepository } from './generation-runs-repository.ts';
import { runSummarySchema } from './run-summary-schema.ts';

const paramsSchema = z.strictObject({ runId: z.uuid() });

const generationRunSchema = z
  .object({
    runId: z.uuid(),
    receivedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    summary: runSummarySchema,
  })
  .meta({ id: 'GenerationRun' });

const querySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid().optional(),
});

const listSchema = z.object({
  generationRuns: z.array(generationRunSchema),
  nextCursor: z.uuid().nullable(),
});

const shared = { tags: ['admin'], security: adminSecurity };

/** The history of generation runs, as question-service reports it. */
export function generationRunsRoutes({
  generationRuns,
}: {
  readonly generationRuns: GenerationRunsRepository;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'PUT',
      url: '/:runId',
      schema: {
        ...shared,
        summary: 'Report a generation run',
        description: 'Idempotent: a report can be sent again, and replaces the one before.',
        params: paramsSchema,
        body: runSummarySchema,
        response: {
          200: generationRunSchema,
          201: generationRunSchema,
          ...problemResponses(400, 401, 404, 413, 415, 503),
        },
      },
      handler: async ({ params, body }, reply) => {
        if (body.runId !== params.runId) throw otherRun();
        const outcome = await generationRuns.upsert(body);
        const run = await generationRuns.findByRunId(body.runId);
        return reply.code(outcome === 'created' ? 201 : 200).send(toView(existing(run)));
      },
    });

    app.route({
      method: 'GET',
      url: '',
      schema: {
        ...shared,
        summary: 'Generation runs, newest first',
        querystring: querySchema,
        response: { 200: listSchema, ...problemResponses(400, 401, 404, 503) },
      },
      handler: async ({ query }) => {
        const runs = await generationRuns.list(query);
        const nextCursor = runs.length === query.limit ? (runs.at(-1)?.runId ?? null) : null;
        return { generationRuns: runs.map(toView), nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/:runId',
      schema: {
        ...shared,
        summary: 'A generation run',
        params: paramsSchema,
        response: { 200: generationRunSchema, ...problemResponses(400, 401, 404, 503) },
      },
      handler: async ({ params }) =>
        toView(existing(await generationRuns.findByRunId(params.runId))),
    });
  };
}

function toView(run: GenerationRun): z.infer<typeof generationRunSchema> {
  return {
    runId: run.runId,
    receivedAt: run.receivedAt.toISOString(),
    updatedAt: run.updatedAt.toISOString(),
    summary: run.summary,
  };
}

function existing(run: GenerationRun | undefined): GenerationRun {
  if (run === undefined) throw new ProblemError('generation_run_not_found');
  return run;
}

function otherRun(): ProblemError {
  return new ProblemError('validation_failed', {
    errors: [{ path: 'body.runId', message: 'must be the run id of the address' }],
  });
}
