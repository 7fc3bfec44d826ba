/**
 * What a person types into the search of the traces: words are looked for in span names; `key=value`
 * pairs are attributes; a few keys mean the trace itself.
 *
 * @module
 */

export interface TraceSearch {
  readonly name: string;
  readonly service: string;
  readonly status: string;
  readonly minDurationMs: string;
  /** `key=value`, as the API takes them. */
  readonly attributes: readonly string[];
}

const quotedOrWord = /(?:[^\s"=]+=)?"[^"]*"|\S+/g;

/** Reads `GET http.route=/v1/users service:aiq-backend status:error >250ms`. */
export function parseTraceSearch(text: string): TraceSearch {
  const words: string[] = [];
  const attributes: string[] = [];
  let service = '';
  let status = '';
  let minDurationMs = '';
  for (const part of text.match(quotedOrWord) ?? []) {
    const duration = /^>=?(\d+(?:\.\d+)?)(ms|s)?$/.exec(part);
    const keyword = /^(service|status):(.+)$/.exec(part);
    const pair = /^([^=\s]+)=(.+)$/.exec(part);
    if (duration) {
      minDurationMs = String(Number(duration[1]) * (duration[2] === 's' ? 1000 : 1));
    } else if (keyword?.[1] === 'service') service = keyword[2] ?? '';
    else if (keyword) status = keyword[2] ?? '';
    else if (pair) attributes.push(`${pair[1]}=${unquote(pair[2] ?? '')}`);
    else words.push(unquote(part));
  }
  return { name: words.join(' '), service, status, minDurationMs, attributes };
}

/** The text that `parseTraceSearch` reads back to the same search. */
export function toSearchText(search: TraceSearch): string {
  return [
    search.name,
    search.service && `service:${search.service}`,
    search.status && `status:${search.status}`,
    search.minDurationMs && `>${search.minDurationMs}ms`,
    ...search.attributes.map(quotePair),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function unquote(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}

function quotePair(pair: string): string {
  const at = pair.indexOf('=');
  const value = pair.slice(at + 1);
  return /\s/.test(value) ? `${pair.slice(0, at)}="${value}"` : pair;
}
