import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adminSecurity } from '../admin/require-admin.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import type { CalibrationsRepository } from './calibrations-repository.ts';

const calibrationSchema = z
  .object({
    /** From 1. */
    version: z.int(),
    createdAt: z.iso.datetime(),
    /** Items whose parameters it renewed. */
    items: z.int(),
    takers: z.int(),
    responses: z.int(),
    logLikelihood: z.number(),
    /** theta of the bank = slope * theta of the estimation + intercept. */
    link: z.object({
      slope: z.number(),
      intercept: z.number(),
      anchorIds: z.array(z.uuid()),
      driftedIds: z.array(z.uuid()),
    }),
  })
  .meta({ id: 'Calibration' });

const querySchema = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });

/** The history of calibrations. They are run by a command: see `pnpm calibrate`. */
export function calibrationsRoutes({
  calibrations,
}: {
  readonly calibrations: CalibrationsRepository;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '',
      schema: {
        tags: ['admin'],
        security: adminSecurity,
        summary: 'Calibrations of the bank, newest first',
        querystring: querySchema,
        response: {
          200: z.object({ calibrations: z.array(calibrationSchema) }),
          ...problemResponses(),
        },
      },
      handler: async ({ query }) => {
        const rows = await calibrations.list(query.limit);
        return {
          calibrations: rows.map((row) => ({
            version: row.version,
            createdAt: row.createdAt.toISOString(),
            items: row.items,
            takers: row.takers,
            responses: row.responses,
            logLikelihood: row.logLikelihood,
            link: {
              slope: row.slope,
              intercept: row.intercept,
              anchorIds: [...row.anchorIds],
              driftedIds: [...row.driftedIds],
            },
          })),
        };
      },
    });
  };
}
