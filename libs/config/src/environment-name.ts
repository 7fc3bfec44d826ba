import { ConfigError } from './config-error.ts';

/** Variables as a process has them: name → text. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a process runs. */
export type EnvironmentName = 'development' | 'test' | 'staging' | 'production';

const aliases: Readonly<Record<string, EnvironmentName>> = {
  development: 'development',
  dev: 'development',
  local: 'development',
  test: 'test',
  testing: 'test',
  staging: 'staging',
  stage: 'staging',
  production: 'production',
  prod: 'production',
};

/**
 * Tells where this process runs: `ENV`, else `RAILWAY_ENVIRONMENT_NAME`, else `NODE_ENV`, else development.
 *
 * Empty variables count as unset; `prod`, `dev`, `stage` and capital letters are understood. Railway
 * names are free text (one per pull request), so an unknown one is staging.
 *
 * @throws {ConfigError} invalid_configuration when `ENV` or `NODE_ENV` holds another word: to guess
 * could run production with the settings of a laptop.
 */
export function environmentName(environment: Environment = process.env): EnvironmentName {
  const railway = environment['RAILWAY_ENVIRONMENT_NAME'];
  const own = environment['ENV'];
  if (own) return named('ENV', own);
  if (railway) return aliasOf(railway) ?? 'staging';
  const node = environment['NODE_ENV'];
  if (node) return named('NODE_ENV', node);
  return 'development';
}

function aliasOf(text: string): EnvironmentName | undefined {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(aliases, word) ? aliases[word] : undefined;
}

function named(variable: string, text: string): EnvironmentName {
  const name = aliasOf(text);
  if (name) return name;
  throw new ConfigError([
    {
      source: 'environment',
      path: variable,
      expected: 'development, test, staging or production',
      actual: JSON.stringify(text),
      variable,
    },
  ]);
}
