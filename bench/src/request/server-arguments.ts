import { parseArgs } from 'node:util';
import { type Variant, variantNames } from './variant.ts';

export interface ServerArguments {
  readonly variant: Variant;
  /** Absent: the routes without a database. */
  readonly databaseUrl: string | undefined;
  readonly dsn: string;
}

/** @throws {TypeError} for an unknown variant. */
export function readServerArguments(): ServerArguments {
  const { values } = parseArgs({
    options: {
      variant: { type: 'string', default: 'bare' },
      'database-url': { type: 'string' },
      dsn: { type: 'string', default: '' },
    },
  });
  const variant = variantNames.find((name) => name === values.variant);
  if (variant === undefined) {
    throw new TypeError(`expected one of ${variantNames.join(', ')}, got "${values.variant}"`);
  }
  return { variant, databaseUrl: values['database-url'], dsn: values.dsn };
}
