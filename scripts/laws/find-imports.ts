import type { Token } from './scan-source.ts';

/** A module that a file names: by import, export, require or resolve. */
export interface ImportedModule {
  readonly specifier: string;
  /** Offset of the specifier in the file. */
  readonly start: number;
  /** The names between `import` or `export` and `from`. */
  readonly names: readonly string[];
}

/** Lists the modules a file names: static, type-only and dynamic imports, re-exports, requires. */
export function findImports(tokens: readonly Token[]): readonly ImportedModule[] {
  return tokens.flatMap((token, index) => {
    const found = moduleAt(tokens, index);
    return token.kind === 'word' && found ? [found] : [];
  });
}

function moduleAt(tokens: readonly Token[], index: number): ImportedModule | undefined {
  const text = tokens[index]?.text;
  if (isMember(tokens[index - 1])) {
    // import.meta.resolve('x'), require.resolve('x'), vi.importActual('x'), vi.mock('x')
    const names = ['resolve', 'importActual', 'importMock', 'mock', 'doMock'];
    const owners = ['meta', 'require', 'vi'];
    const isResolve = names.includes(text ?? '') && owners.includes(tokens[index - 2]?.text ?? '');
    return isResolve ? call(tokens, index + 1) : undefined;
  }
  if (text === 'require') return call(tokens, index + 1);
  if (text === 'createRequire') return call(tokens, afterParentheses(tokens, index + 1));
  if (text === 'import') {
    const next = tokens[index + 1];
    return next?.kind === 'string'
      ? named(next, [])
      : (call(tokens, index + 1) ?? clause(tokens, index + 1));
  }
  return text === 'export' ? clause(tokens, index + 1) : undefined;
}

/** `( 'specifier'` */
function call(tokens: readonly Token[], index: number): ImportedModule | undefined {
  const [parenthesis, specifier] = tokens.slice(index, index + 2);
  return parenthesis?.text === '(' && specifier?.kind === 'string'
    ? named(specifier, [])
    : undefined;
}

/** `{ a, type b as c } from 'specifier'`, `* as a from …`, `a, { b } from …`; anything else is no clause. */
function clause(tokens: readonly Token[], first: number): ImportedModule | undefined {
  const names: string[] = [];
  for (let index = first; index < tokens.length; index += 1) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (!token) return undefined;
    if (token.text === 'from' && next?.kind === 'string' && names.length > 0) {
      return named(next, names);
    }
    const fits = token.kind === 'word' || token.kind === 'string' || '{},*'.includes(token.text);
    // `export { a }` without `from` ends at its brace.
    const ends = token.text === '}' && next?.text !== 'from';
    if (!fits || ends) return undefined;
    names.push(token.text);
  }
  return undefined;
}

function afterParentheses(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function isMember(before: Token | undefined): boolean {
  return before?.text === '.' || before?.text === '?.';
}

function named(token: Token, names: readonly string[]): ImportedModule {
  return { specifier: token.value ?? '', start: token.start, names };
}
