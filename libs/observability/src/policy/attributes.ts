import { isSecretKey, scrubbed, scrubKey, scrubNumber, scrubText, scrubValue } from './scrub.ts';

type Primitive = string | number | boolean;
export type CleanAttributes = Record<string, Primitive | Primitive[]>;

const attributesMax = 128;

/**
 * What a caller gave, as attributes that no exporter can choke on: text, finite numbers, booleans and lists
 * of them; the rest as JSON. Scrubbed. Absent values are left out.
 */
export function toAttributes(
  given: Readonly<Record<string, unknown>> | undefined,
): CleanAttributes {
  const result: CleanAttributes = {};
  if (typeof given !== 'object' || given === null) return result;
  let kept = 0;
  for (const key of Object.keys(given)) {
    if (kept >= attributesMax) break;
    const value = toAttribute(key, given[key]);
    if (value === undefined) continue;
    result[scrubKey(key)] = value;
    kept += 1;
  }
  return result;
}

export function toAttribute(key: string, value: unknown): Primitive | Primitive[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (isSecretKey(key)) return scrubbed;
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? scrubNumber(value) : String(value);
  if (Array.isArray(value) && isUniform(value)) {
    return value
      .slice(0, attributesMax)
      .map((each) => (typeof each === 'string' ? scrubText(each) : each));
  }
  if (typeof value === 'object') return JSON.stringify(scrubValue(value));
  return scrubText(String(value));
}

function isUniform(values: readonly unknown[]): values is Primitive[] {
  const kind = typeof values[0];
  if (!['string', 'number', 'boolean'].includes(kind)) return false;
  return values.every(
    (each) => typeof each === kind && (kind !== 'number' || Number.isFinite(each)),
  );
}
