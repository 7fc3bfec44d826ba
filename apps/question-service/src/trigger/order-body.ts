import { z } from 'zod';
import { costUsdMax, countMax, type RunRequest } from '../generation/plan.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';

const amount = z.number().int().min(1).max(countMax);

/** What a caller may order: a count spread evenly, or what strata lack. */
export const orderBody = z
  .strictObject({
    /** Questions to ask for; with `autoBalance` at most so many. */
    count: amount.optional(),
    /** @default all */
    types: z.array(z.enum(questionTypes)).min(1).optional(),
    /** @default all */
    difficulties: z.array(z.enum(difficultyLevels)).min(1).optional(),
    /** Shares the count out by what each stratum lacks of the target; without a count, all of it. */
    autoBalance: z.literal(true).optional(),
    /** Questions each stratum is to have. @default configured */
    target: amount.optional(),
    /** What the questions follow from. @default drawn */
    seed: z.number().int().min(0).max(2_147_483_647).optional(),
    /** US dollars from which nothing more is begun, and after a call whose price is not known. @default no ceiling */
    maxCostUsd: z.number().positive().max(costUsdMax).optional(),
  })
  .refine((body) => body.autoBalance || body.count !== undefined, {
    path: ['count'],
    message: 'expected a count, or autoBalance',
  })
  .refine((body) => !body.autoBalance || !(body.types || body.difficulties), {
    path: ['autoBalance'],
    message: 'chooses types and difficulties itself: leave those out',
  })
  .refine((body) => body.autoBalance || body.target === undefined, {
    path: ['target'],
    message: 'goes with autoBalance only',
  });

/** What an order asks of the pipeline. */
export function toRunRequest(
  body: z.output<typeof orderBody>,
  configuredTarget: number,
): RunRequest {
  const { count, types = questionTypes, difficulties = difficultyLevels } = body;
  if (body.autoBalance || count === undefined) {
    const { target = configuredTarget } = body;
    return { kind: 'balance', target, ...(count === undefined ? {} : { count }) };
  }
  return { kind: 'count', count, types, difficulties };
}
