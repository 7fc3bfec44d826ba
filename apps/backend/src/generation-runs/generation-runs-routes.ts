import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { adminSecurity } from '../admin/require-admin.ts';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import {
  generationRunSchema,
  runListQuerySchema,
  runListSchema,
  runParamsSchema,
  statsQuerySchema,
  statsSchema,
  toRunView,
  toStatsView,
  toWindow,
} from './generation-run-schemas.ts';
import type { GenerationRun, GenerationRunsRepository } from './generation-runs-repository.ts';
import { toRunStats } from './run-stats.ts';
import type { RunStatsRepository } from './run-stats-repository.ts';
import { runSummarySchema } from './run-summary-schema.ts';

const shared = { tags: ['admin'], security: adminSecurity };

/** The history of generation runs, as question-service reports it. */
export function generationRunsRoutes({
  generationRuns,
  runStats,
  clock,
}: {
  readonly generationRuns: GenerationRunsRepository;
  readonly runStats: RunStatsRepository;
  readonly clock: Clock;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'PUT',
      url: '/:runId',
      schema: {
        ...shared,
        summary: 'Report a generation run',
        description:
          'Idempotent: a report can be sent again. A later one replaces the one before; one that is older than what ' +
          'is known changes nothing. The reply is what is known now.',
        params: runParamsSchema,
        body: runSummarySchema,
        response: { 200: generationRunSchema, 201: generationRunSchema, ...problemResponses() },
      },
      handler: async ({ params, body }, reply) => {
        if (body.runId !== params.runId) throw otherRun();
        const outcome = await generationRuns.upsert(body);
        const run = await generationRuns.findByRunId(body.runId);
        return reply.code(outcome === 'created' ? 201 : 200).send(toRunView(existing(run)));
      },
    });

    app.route({
      method: 'GET',
      url: '',
      schema: {
        ...shared,
        summary: 'Generation runs, newest first',
        querystring: runListQuerySchema,
        response: { 200: runListSchema, ...problemResponses('unknown_cursor') },
      },
      handler: async ({ query }) => {
        const { elements, nextCursor } = await generationRuns.list(query);
        return { generationRuns: elements.map(toRunView), nextCursor };
      },
    });

    app.route({
      method: 'GET',
      url: '/stats',
      schema: {
        ...shared,
        summary: 'What the generation runs of a window did together',
        description: 'Of runs that started in it: the last 30 days by default, 366 days at most.',
        querystring: statsQuerySchema,
        response: { 200: statsSchema, ...problemResponses() },
      },
      handler: async ({ query }) => {
        const window = toWindow(query, clock.now());
        if (window === undefined) throw windowTooLong();
        const days = await runStats.sumByDay(window);
        const losses = await runStats.sumLosses(window);
        return toStatsView(window, toRunStats(window, days, losses));
      },
    });

    app.route({
      method: 'GET',
      url: '/:runId',
      schema: {
        ...shared,
        summary: 'A generation run, with what each stage of the pipeline lost',
        params: runParamsSchema,
        response: { 200: generationRunSchema, ...problemResponses('generation_run_not_found') },
      },
      handler: async ({ params }) =>
        toRunView(existing(await generationRuns.findByRunId(params.runId))),
    });
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

function windowTooLong(): ProblemError {
  return new ProblemError('validation_failed', {
    errors: [{ path: 'querystring.from', message: 'must be before to, by 366 days at most' }],
  });
}
