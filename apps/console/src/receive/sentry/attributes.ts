import type { Attributes, AttributeValue } from '../../store/model.ts';
import { isObject } from './envelope.ts';

/** Attributes of logs and metric items: each is `{ value, type, unit? }`. */
export function attributesOf(attributes: unknown): Attributes {
  if (!isObject(attributes)) return {};
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      (isObject(attribute) ? (attribute['value'] ?? null) : null) as AttributeValue,
    ]),
  );
}
