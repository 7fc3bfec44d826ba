import { z } from 'zod';

/** One value that a configuration has, as its schema describes it. */
export interface Setting {
  /** As `otel.metrics.exportIntervalMs`. */
  readonly path: string;
  /** What the schema takes, in words: `true or false`, `a number from 0 to 1`. */
  readonly takes: string;
}

/** The parts of JSON Schema that `z.toJSONSchema` writes and that are read here. */
interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** Lists the values of a schema in the order it declares them; maps with free keys count as one value. */
export function listSettings(schema: z.ZodType): readonly Setting[] {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return [...settingsOf(described, [])];
}

function* settingsOf(schema: JsonSchema, path: readonly string[]): Generator<Setting> {
  if (schema.properties === undefined) {
    yield { path: path.join('.'), takes: takes(schema) };
    return;
  }
  for (const [key, child] of Object.entries(schema.properties)) {
    yield* settingsOf(child, [...path, key]);
  }
}

function takes(schema: JsonSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(takes))].join(' or ');
  if (schema.enum) return schema.enum.map(String).join(', ');
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'number' || schema.type === 'integer') return numberWords(schema);
  if (schema.type === 'object') return 'a map';
  if (schema.type === 'array') return 'a list';
  return schema.format === 'uri' ? 'a URL' : 'text';
}

function numberWords({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  const from = exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`];
  if (minimum !== undefined) from.push(isBounded ? `from ${minimum}` : `at least ${minimum}`);
  return [noun, ...from, ...(isBounded ? [`to ${maximum}`] : [])].join(' ');
}
