/** Reads `key=value,key=value` with percent-encoded values, or undefined where it is no such list. */
export function parsePairs(text: string): Record<string, string> | undefined {
  const result: Record<string, string> = {};
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (at <= 0 || key === '') return undefined;
    result[key] = decode(pair.slice(at + 1).trim());
  }
  return result;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
