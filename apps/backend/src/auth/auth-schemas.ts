import { z } from 'zod';
import { displayNameSchema, toUserView, userSchema } from '../users/user-schemas.ts';
import type { IssuedTokens, Login } from './auth-service.ts';

const passwordLengthMin = 10;
const passwordLengthMax = 128;

const emailSchema = z.email().max(254).toLowerCase();
const newPasswordSchema = z
  .string()
  .normalize('NFKC')
  .min(passwordLengthMin)
  .max(passwordLengthMax);
const refreshTokenSchema = z.string().regex(/^[\w-]{43}$/, 'is not a refresh token');

export const registerBodySchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema,
  displayName: displayNameSchema.optional(),
});

export const loginBodySchema = z.strictObject({
  email: emailSchema,
  // No lower bound: what fits no rule for new passwords is a wrong password, not a malformed request.
  password: z.string().max(passwordLengthMax * 4),
});

export const refreshBodySchema = z.strictObject({ refreshToken: refreshTokenSchema });

export const tokensSchema = z
  .object({
    tokenType: z.literal('Bearer'),
    accessToken: z.string(),
    accessTokenExpiresAt: z.iso.datetime(),
    /** Good for one refresh, which gives the next one. */
    refreshToken: z.string(),
    refreshTokenExpiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Tokens' });

/** Tokens, and whose they are. */
export const loginSchema = tokensSchema.extend({ user: userSchema }).meta({ id: 'Login' });

export function toTokensView(tokens: IssuedTokens): z.infer<typeof tokensSchema> {
  return {
    tokenType: 'Bearer',
    accessToken: tokens.accessToken,
    accessTokenExpiresAt: tokens.accessTokenExpiresAt.toISOString(),
    refreshToken: tokens.refreshToken,
    refreshTokenExpiresAt: tokens.refreshTokenExpiresAt.toISOString(),
  };
}

export function toLoginView({ user, tokens }: Login): z.infer<typeof loginSchema> {
  return { ...toTokensView(tokens), user: toUserView(user) };
}
