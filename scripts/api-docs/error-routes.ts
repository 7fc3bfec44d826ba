import { generalProblems, type ProblemCode } from '@aiq/backend/reference';
import type { ApiDocument } from './read-api.ts';

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Tells in words which routes can answer with a code, by what the document says of each. */
export function describeRoutes(api: ApiDocument, code: ProblemCode): string {
  const general = generalProblems
    .filter(({ codes }) => codes.includes(code))
    .map(({ which }) => `every route ${which}`.trim());
  if (general.length > 0) return general.join('; ');
  return listRoutes(api, code)
    .map((route) => `\`${route}\``)
    .join('<br>');
}

/** Routes whose responses allow the code. */
export function listRoutes(api: ApiDocument, code: ProblemCode): string[] {
  return Object.entries(api.paths ?? {}).flatMap(([path, operations]) =>
    methods
      .filter((method) => codesOf(operations?.[method]).includes(code))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** The codes that the problem schemas of an operation allow. */
function codesOf(operation: unknown): string[] {
  const found: string[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { properties } = part as { properties?: { code?: { enum?: string[] } } };
    found.push(...(properties?.code?.enum ?? []));
    for (const value of Object.values(part)) visit(value);
  };
  visit((operation as { responses?: unknown } | undefined)?.responses);
  return found;
}
