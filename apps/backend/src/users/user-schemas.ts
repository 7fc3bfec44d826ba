import { z } from 'zod';
import type { User } from './users-repository.ts';

/** No control characters: a NUL cannot be stored, the others only confuse whoever reads the name. */
export const displayNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

export const changeUserBodySchema = z.strictObject({ displayName: displayNameSchema.nullable() });

export function toUserView(user: User): z.infer<typeof userSchema> {
  return {
    id: user.id,
    email: user.email,
    displayName: user.displayName,
    createdAt: user.createdAt.toISOString(),
  };
}
