import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '../problem/problem-schema.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';
import type { QuestionsRepository } from '../questions/questions-repository.ts';
import { adminSecurity } from './require-admin.ts';

const inventorySchema = z
  .object({
    /** Questions that may be served. */
    active: z.int(),
    strata: z.array(
      z.object({
        type: z.enum(questionTypes),
        difficultyLevel: z.enum(difficultyLevels),
        active: z.int(),
      }),
    ),
  })
  .meta({ id: 'Inventory' });

/** What the bank holds: active questions in each of the 18 strata, the empty ones too. */
export function inventoryRoutes({
  questions,
}: {
  readonly questions: QuestionsRepository;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '',
      schema: {
        tags: ['admin'],
        security: adminSecurity,
        summary: 'Active questions by type and difficulty level',
        response: { 200: inventorySchema, ...problemResponses(401, 404, 503) },
      },
      handler: async () => {
        const counted = await questions.countByStratum();
        const strata = questionTypes.flatMap((type) =>
          difficultyLevels.map((difficultyLevel) => {
            const found = counted.find(
              (stratum) => stratum.type === type && stratum.difficultyLevel === difficultyLevel,
            );
            return { type, difficultyLevel, active: found?.questions ?? 0 };
          }),
        );
        const total = strata.reduce((sum, stratum) => sum + stratum.active, 0);
        return { active: total, strata };
      },
    });
  };
}
