import type { Token } from './scan-source.ts';
import type { Finding, SourceFile } from './source-file.ts';

const processModules = new Set(['process', 'node:process']);

/** Law 4: `process.env` is read in `config.ts`, `*.config.ts` and libs/config. */
export function environmentFindings(file: SourceFile): readonly Finding[] {
  const { path, tokens, imports } = file;
  if (path.startsWith('libs/config/') || /(?:^|\/|\.)config\.ts$/.test(path)) return [];
  const message = 'process.env is read only in config.ts, *.config.ts and libs/config';
  const imported = imports.filter(
    ({ specifier, names }) => processModules.has(specifier) && names.includes('env'),
  );
  const read = tokens.filter(
    (token, index) =>
      token.text === 'process' &&
      token.kind === 'word' &&
      (isMemberEnv(tokens, index) || isDestructured(tokens, index)),
  );
  return [...imported, ...read].map(({ start }) => ({ law: 4, message, start }));
}

/** `process.env`, `process?.env`, `process['env']`, `process!.env` */
function isMemberEnv(tokens: readonly Token[], index: number): boolean {
  const rest = tokens.slice(index + 1, index + 5);
  if (rest[0]?.text === '!') rest.shift();
  const [first, second, third] = rest;
  if (first?.text === '.' || first?.text === '?.') {
    return second?.text === 'env' || (second?.text === '[' && third?.value === 'env');
  }
  return first?.text === '[' && second?.value === 'env';
}

/** `{ env } = process` */
function isDestructured(tokens: readonly Token[], index: number): boolean {
  const after = tokens[index + 1]?.text;
  if (tokens[index - 1]?.text !== '=' || tokens[index - 2]?.text !== '}') return false;
  if (after === '.' || after === '?.') return false;
  let depth = 1;
  for (let at = index - 3; at >= 0 && depth > 0; at -= 1) {
    const text = tokens[at]?.text;
    if (text === 'env') return true;
    if (text === '}') depth += 1;
    if (text === '{') depth -= 1;
  }
  return false;
}
