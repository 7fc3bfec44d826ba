import type { Attributes, AttributeValue } from '../store/model.ts';

export interface WantedAttribute {
  readonly key: string;
  readonly value: string;
}

/** A value as text: what is written for it in a query, and how labels are shown. */
export function textOfValue(value: AttributeValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Whether every wanted attribute is in one of the sets. */
export function hasAttributes(
  sets: readonly Attributes[],
  wanted: readonly WantedAttribute[],
): boolean {
  return wanted.every(({ key, value }) =>
    sets.some((set) => Object.hasOwn(set, key) && textOfValue(set[key]) === value),
  );
}
