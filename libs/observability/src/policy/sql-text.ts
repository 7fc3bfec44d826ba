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

/** What a query does and to which table, read from its text; what cannot be read is left out. */
export function describeSql(text: string): SqlDescription {
  const head = text.slice(0, 4_096);
  const operation = /^\s*([A-Za-z]+)/.exec(head)?.[1]?.toUpperCase();
  const target =
    /\b(?:FROM|INTO|UPDATE|JOIN)\s+(?:ONLY\s+)?(?:"?[\w$]+"?\s*\.\s*)?"?([A-Za-z_][\w$]*)"?/i;
  const collection = target.exec(head)?.[1];
  return { operation, collection };
}
