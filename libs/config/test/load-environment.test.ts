import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadEnvironment } from '../src/index.ts';

const schema = z.strictObject({
  PORT: z.number().int().min(0).max(65_535).default(8000),
  DATABASE_URL: z.url(),
  AUTH_TOKEN_SECRET: z.string().min(32).optional(),
  PRETTY: z.boolean().default(false),
});

describe('loadEnvironment', () => {
  test('reads its variables and ignores all others', () => {
    const config = loadEnvironment(schema, {
      PORT: '0',
      DATABASE_URL: 'postgres://a/b',
      PRETTY: '1',
      HOME: '/root',
    });

    expect(config).toEqual({ PORT: 0, DATABASE_URL: 'postgres://a/b', PRETTY: true });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('an empty variable is an unset one', () => {
    const environment = { PORT: '', DATABASE_URL: 'postgres://a/b', AUTH_TOKEN_SECRET: '' };

    expect(loadEnvironment(schema, environment)).toEqual({
      PORT: 8000,
      DATABASE_URL: 'postgres://a/b',
      PRETTY: false,
    });
  });

  test('tells all problems at once, by the names of the variables, without secrets', () => {
    const read = () => loadEnvironment(schema, { PORT: 'abc', AUTH_TOKEN_SECRET: 'hunter2' });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/environment variable PORT: expected a number; got "abc"/);
    expect(read).toThrow(/environment variable DATABASE_URL: .* got nothing/);
    expect(read).toThrow(/AUTH_TOKEN_SECRET: expected at least 32 characters; got \*\*\*/);
    expect(read).not.toThrow(/hunter2/);
  });

  test('finds its variables through refinements and transformations', () => {
    const refined = schema.refine((value) => value.PORT !== 1).transform((value) => value.PORT);

    expect(loadEnvironment(refined, { PORT: '7', DATABASE_URL: 'postgres://a/b' })).toBe(7);
  });
});
