import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  AUTH_TOKEN_SECRET: z.string().min(32),
  BACKEND_ADMIN_TOKEN: z.string().min(32),
  TRIGGER_TOKEN: z.string().min(32),
});

/** This checkout's own random secrets, made once, so that a token outlives a restart. Nothing is a default. */
export function developmentSecrets(path: string): z.output<typeof secretsSchema> {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    const secret = (): string => randomBytes(32).toString('hex');
    const made = {
      AUTH_TOKEN_SECRET: secret(),
      BACKEND_ADMIN_TOKEN: secret(),
      TRIGGER_TOKEN: secret(),
    };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    return made;
  }
}
