import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dependencies } from '../dependencies.ts';
import type { RunRecord } from '../storage/pipeline-runs-repository.ts';
import { requireBearer } from './authentication.ts';
import type { JobQueue } from './job-queue.ts';
import { orderBody, toRunRequest } from './order-body.ts';
import { ProblemError } from './problem.ts';

interface RunRoutesOptions {
  readonly dependencies: Pick<Dependencies, 'runs' | 'createOrder' | 'telemetry' | 'config'>;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly token: string;
}

const runParams = z.object({ id: z.uuid() });
const listQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });

/** Runs as a resource: ordered here, worked on by whoever takes the job. */
export const runRoutes: FastifyPluginAsyncZod<RunRoutesOptions> = async (app, options) => {
  const { dependencies, queue, token } = options;
  const { runs, telemetry } = dependencies;
  app.addHook('onRequest', requireBearer(token));

  app.post('/v1/runs', { schema: { body: orderBody } }, async (request, reply) => {
    const { count, seed, maxCostUsd } = request.body;
    const order = dependencies.createOrder({
      trigger: 'server',
      request: toRunRequest(request.body, dependencies.config.inventory.target),
      seed,
      maxCostUsd,
    });
    const job = { order, traceContext: telemetry.traceContext() };
    await runs.plan(order, { together: (transaction) => queue.enqueue(job, transaction) });
    telemetry.logger.info('run planned', { run_id: order.runId, count });
    reply.code(202).header('location', `/v1/runs/${order.runId}`);
    return {
      runId: order.runId,
      state: 'planned',
      seed: order.seed,
      // What balancing asks for is known when it begins.
      requested: request.body.autoBalance ? null : count,
      traceId: telemetry.activeTrace()?.traceId ?? null,
    };
  });

  app.get('/v1/runs/:id', { schema: { params: runParams } }, async (request) => {
    const { id } = request.params;
    const record = await runs.find(id);
    if (!record) throw new ProblemError(404, 'not_found', `there is no run ${id}`);
    return { ...toBody(record), nextRunId: (await runs.findSuccessor(id)) ?? null };
  });

  app.get('/v1/runs', { schema: { querystring: listQuery } }, async (request) => {
    const records = await runs.list(request.query.limit);
    return { runs: records.map(toBody) };
  });
};

/** JSON has no dates and no undefined. */
function toBody(record: RunRecord) {
  const { createdAt, startedAt, completedAt, reportedAt, ...rest } = record;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    completedAt: completedAt?.toISOString() ?? null,
    reportedAt: reportedAt?.toISOString() ?? null,
  };
}
