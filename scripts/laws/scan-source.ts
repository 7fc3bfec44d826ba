/** @module A scanner for TypeScript: tokens with their place, without comments and without types. */

/** A token; for strings and whole templates `value` is what they mean. */
export interface Token {
  readonly kind: 'word' | 'string' | 'template' | 'number' | 'regex' | 'punctuation';
  readonly text: string;
  readonly value?: string;
  readonly start: number;
}

const space = /\s+/y;
const lineComment = /\/\/[^\n]*/y;
const blockComment = /\/\*[\s\S]*?(?:\*\/|$)/y;
const hashbang = /^#![^\n]*/;
const word = /[#@]?[\p{ID_Start}$_](?:[\p{ID_Continue}$\u200c\u200d])*/uy;
const number = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)n?/y;
const quoted = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const regex = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/y;
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
const punctuation = /=>|\?\.(?!\d)|\.{3}|[-+*/%&|^<>=!?]=|\+\+|--|[\s\S]/uy;

/** Words after which a slash begins a regular expression and no division. */
const operatorWords = new Set(
  'return typeof case in of delete void throw new do else await yield instanceof default'.split(
    ' ',
  ),
);
const headWords = new Set(['if', 'while', 'for', 'with']);

/** Scans a source text into tokens. Text that is no TypeScript gives some tokens and never throws. */
export function scanSource(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const opened: { readonly text: string; readonly isHead: boolean }[] = [];
  let position = hashbang.exec(source)?.[0].length ?? 0;
  let regexAfterParenthesis = false;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token['kind'], text: string, value?: string) => {
    tokens.push({ kind, text, start: position, ...(value === undefined ? {} : { value }) });
    position += text.length;
  };

  /** A template from its opening (or a closing brace in it) to the next hole or its end. */
  const scanTemplate = () => {
    const opening = source[position] ?? '';
    position += 1;
    const body = match(templatePart) ?? '';
    const next = source[position + body.length];
    position -= 1;
    if (next === '$') {
      push('template', `${opening}${body}\${`);
      opened.push({ text: '${', isHead: false });
      return;
    }
    const text = `${opening}${body}${next ?? ''}`;
    if (opening === '`') push('string', text, readEscapes(body));
    else push('template', text);
  };

  const startsRegex = (): boolean => {
    const last = tokens.at(-1);
    if (!last) return true;
    if (last.kind === 'word') return operatorWords.has(last.text);
    if (last.kind === 'template') return last.text.endsWith('${');
    if (last.kind !== 'punctuation') return false;
    if (last.text === ')') return regexAfterParenthesis;
    if (last.text === ']' || last.text === '++' || last.text === '--') return false;
    // A block ends with its line; an object that is divided does not.
    if (last.text === '}') return source.slice(last.start, position).includes('\n');
    if (last.text === '!') return !isPostfix(tokens.at(-2), last);
    return true;
  };

  const scanPunctuation = () => {
    const text = match(punctuation) ?? '';
    if (text === '(') {
      opened.push({ text, isHead: headWords.has(tokens.at(-1)?.text ?? '') });
    } else if (text === '{' || text === '[') {
      opened.push({ text, isHead: false });
    } else if (text === ')' || text === '}' || text === ']') {
      regexAfterParenthesis = opened.pop()?.isHead ?? false;
    }
    push('punctuation', text);
  };

  while (position < source.length) {
    const skipped = match(space) ?? match(lineComment) ?? match(blockComment);
    if (skipped) {
      position += skipped.length;
      continue;
    }
    const letter = source[position] ?? '';
    if (letter === '`') {
      scanTemplate();
      continue;
    }
    if (letter === '}' && opened.at(-1)?.text === '${') {
      opened.pop();
      scanTemplate();
      continue;
    }
    const isDigit = /[\d.]/.test(letter);
    const found =
      take('word', match(word)) ??
      take('number', isDigit ? match(number) : undefined) ??
      take('string', match(quoted)) ??
      take('regex', letter === '/' && startsRegex() ? match(regex) : undefined);
    if (!found) scanPunctuation();
    else if (found.kind !== 'string') push(found.kind, found.text);
    else push('string', found.text, readEscapes(found.text.slice(1, -1)));
  }
  return tokens;
}

function take(kind: Token['kind'], text: string | undefined) {
  return text ? { kind, text } : undefined;
}

/** `value!` as opposed to `!value`. */
function isPostfix(before: Token | undefined, mark: Token): boolean {
  if (!before || before.start + before.text.length !== mark.start) return false;
  if (before.kind === 'word') return !operatorWords.has(before.text);
  return before.text === ')' || before.text === ']';
}

function readEscapes(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|\r?\n|([\s\S]))/g,
    (_, brace?: string, long?: string, short?: string, letter?: string) => {
      const code = brace ?? long ?? short;
      if (code !== undefined)
        return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      return letter ?? '';
    },
  );
}
