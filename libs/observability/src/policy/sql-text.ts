const literals: readonly (readonly [RegExp, string])[] = [
  [/\$([A-Za-z_]*)\$[\s\S]*?\$\1\$/g, '?'],
  [/(?<!\w)[eEbBxX]?'(?:[^'\\]|''|\\.)*'/g, '?'],
  [/(?<![\w$."])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g, '?'],
];

const textMax = 2_048;

/** A query without its literals: what was asked, not about whom. Parameters (`$1`) stay. */
export function sanitizeSql(text: string): string {
  let result = text.slice(0, textMax);
  for (const [pattern, replacement] of literals) result = result.replace(pattern, replacement);
  return result;
}

export interface SqlDescription {
  /** `SELECT`, `INSERT`, `BEGIN` … */
  readonly operation: string | undefined;
  /** The first table that is named. */
  readonly collection: string | undefined;
}

const textAndComments =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$([A-Za-z_]*)\$[\s\S]*?(?:\$\1\$|$)|[eE]'(?:[^'\\]|''|\\.)*(?:'|$)|'(?:[^']|'')*(?:'|$)/g;
const target =
  /\b(?:FROM|INTO|UPDATE|JOIN)\s+(?:ONLY\s+)?(?:"?[\w$]+"?\s*\.\s*)?"?([A-Za-z_][\w$]*)"?/i;

const headMax = 4_096;
/** A program's queries are few, and each is made many times. */
const rememberedMax = 500;
const remembered = new Map<string, SqlDescription>();

/**
 * What a query does and to which table, read from its text, without what it says in quotes or comments; what
 * cannot be read is left out.
 */
export function describeSql(text: string): SqlDescription {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const start = text.slice(0, headMax);
  // Most queries have none, which is told many times faster than they are found.
  const isPlain = !["'", '--', '/*', '$$'].some((sign) => start.includes(sign));
  const head = isPlain ? start : start.replace(textAndComments, ' ');
  const operation = /^\s*([A-Za-z]+)/.exec(head)?.[1]?.toUpperCase();
  const described = { operation, collection: target.exec(head)?.[1] };
  if (remembered.size < rememberedMax && text.length <= headMax) remembered.set(text, described);
  return described;
}
