import { z } from 'zod';
import { displayNameSchema, toUserView, userSchema } from '../users/user-schemas.ts';
import type { IssuedTokens, Login } from './auth-service.ts';
import { passwordLengthMax, passwordLengthMin } from './password-rules.ts';

/** UTF-16 units before normalization, which may join several into one character. */
const passwordUnitsMax = passwordLengthMax * 4;

const emailSchema = z.email().max(254).toLowerCase();
/** What else is asked of a new password is not for a schema to say: see `passwordProblem`. */
const newPasswordSchema = z
  .string()
  .max(passwordUnitsMax)
  .normalize('NFKC')
  .describe(`${passwordLengthMin} to ${passwordLengthMax} characters, and no common password`);
// No lower bound: what fits no rule for new passwords is a wrong password, not a malformed request.
const givenPasswordSchema = z.string().max(passwordUnitsMax);
const refreshTokenSchema = z.string().regex(/^[\w-]{43}$/, 'is not a refresh token');

export const registerBodySchema = z.strictObject({
  email: emailSchema,
  password: newPasswordSchema,
  displayName: displayNameSchema.optional(),
});

export const loginBodySchema = z.strictObject({
  email: emailSchema,
  password: givenPasswordSchema,
});

export const changePasswordBodySchema = z.strictObject({
  currentPassword: givenPasswordSchema,
  newPassword: newPasswordSchema,
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
