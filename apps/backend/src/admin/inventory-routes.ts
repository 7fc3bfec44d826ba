import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '../problem/problem-schema.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';
import type { QuestionsRepository } from '../questions/questions-repository.ts';
import { type InventorySettings, stockLevels, toInventoryHealth } from './inventory-health.ts';
import { adminSecurity } from './require-admin.ts';

const inventorySchema = z
  .object({
    /** Questions that may be served. */
    active: z.int(),
    deficit: z.int(),
    /** The worst of the strata. */
    level: z.enum(stockLevels),
    strata: z.array(
      z.object({
        type: z.enum(questionTypes),
        difficultyLevel: z.enum(difficultyLevels),
        active: z.int(),
        target: z.int(),
        deficit: z.int(),
        level: z.enum(stockLevels),
      }),
    ),
  })
  .meta({ id: 'Inventory' });

/** What the bank holds, against what it should: each of the 18 strata, the empty ones too. */
export function inventoryRoutes({
  questions,
  settings,
}: {
  readonly questions: QuestionsRepository;
  readonly settings: InventorySettings;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '',
      schema: {
        tags: ['admin'],
        security: adminSecurity,
        summary: 'Active questions by type and difficulty level, against their target',
        response: { 200: inventorySchema, ...problemResponses() },
      },
      handler: async () => {
        const { strata, ...health } = toInventoryHealth(await questions.countByStratum(), settings);
        return { ...health, strata: [...strata] };
      },
    });
  };
}
