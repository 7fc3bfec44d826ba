import type { Fault } from './config-tree.ts';
import type { Environment } from './environment-name.ts';
import { variableText } from './variable-text.ts';

/** A text whose placeholders were replaced. */
export interface Interpolated {
  readonly text: string;
  /** The name of the variable when the whole text was one placeholder. */
  readonly only?: string;
  readonly faults: readonly Fault[];
}

const pattern = /\$\$\{|\$\{([^}]*)\}|\$\{/g;
const placeholder = /^([A-Za-z_][A-Za-z0-9_]*)(?::([\s\S]*))?$/;

const placeholderForm = `a placeholder \${NAME} or \${NAME:default}, or $\${ for the characters \${`;

/**
 * Replaces `${NAME}` and `${NAME:default}` by the text of variables; `$${` stands for `${`.
 *
 * An empty variable counts as unset. The text of a variable is never interpolated again.
 */
export function interpolate(text: string, environment: Environment): Interpolated {
  const faults: Fault[] = [];
  let only: string | undefined;
  const replaced = text.replace(pattern, (match, body: string | undefined) => {
    if (match === '$${') return '${';
    const parts = body === undefined ? null : placeholder.exec(body);
    const name = parts?.[1];
    if (name === undefined) {
      faults.push({
        expected: placeholderForm,
        actual: 'a placeholder that is not closed or has no proper name',
      });
      return match;
    }
    if (match === text) only = name;
    const value = variableText(environment, name) ?? parts?.[2];
    if (value !== undefined) return value;
    faults.push({
      expected: `the variable ${name} to be set, or a default as in \${${name}:default}`,
      actual: environment[name] === '' ? `${name} is empty` : `${name} is not set`,
      variable: name,
    });
    return '';
  });
  return { text: replaced, faults, ...(only === undefined ? {} : { only }) };
}
