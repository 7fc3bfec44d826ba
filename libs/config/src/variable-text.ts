import type { Environment } from './environment-name.ts';

/** Gives the text of a variable; unset and empty are the same: `undefined`. */
export function variableText(environment: Environment, name: string): string | undefined {
  const text = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return text === '' ? undefined : text;
}
