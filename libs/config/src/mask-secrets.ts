import type { ConfigPath } from './config-tree.ts';

const secretName =
  /token|secret|password|passphrase|dsn|key|authorization|header|cookie|credential/i;
const credentialsInUrl = /(:\/\/)[^/\s@]*@/g;
const lengthMax = 120;

/** Shows a value in a message: secrets as `***`, maps and lists by their size, long text cut. */
export function showValue(value: unknown, path: ConfigPath, variable?: string): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const isSecret = [...path, variable ?? ''].some((name) => secretName.test(String(name)));
  if (isSecret) return '***';
  if (typeof value !== 'string') return String(value);
  const shown = value.replace(credentialsInUrl, '$1***@');
  return JSON.stringify(shown.length > lengthMax ? `${shown.slice(0, lengthMax)}…` : shown);
}
