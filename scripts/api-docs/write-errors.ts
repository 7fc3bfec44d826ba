import {
  type ProblemCode,
  problemCodeNames,
  problemCodes,
  problemHelp,
} from '@aiq/backend/reference';
import { cell, code, table } from '../telemetry-docs/markdown.ts';
import { describeRoutes } from './error-routes.ts';
import type { ApiDocument } from './read-api.ts';

/** Writes the reference of all errors that the backend answers with. */
export function writeErrors(api: ApiDocument): string {
  const names = [...problemCodeNames].sort(
    (one, other) => problemCodes[one].status - problemCodes[other].status,
  );
  const rows = names.map((name) => [
    code(name),
    String(problemCodes[name].status),
    cell(problemCodes[name].title),
    cell(problemHelp[name].when),
    cell(problemHelp[name].next),
    cell(routesOf(api, name)),
  ]);
  const head = ['Code', 'Status', 'Title', 'When it comes', 'What to do next', 'Where'];
  return [
    '# Errors of the backend',
    '',
    'Made by `npx pnpm@12 api:docs` from the table of codes and from what each route states; tests fail where it is out of',
    'date, where a code is answered by nothing, and where a route answers with a code that it does not state.',
    '',
    'Every error is `application/problem+json` (RFC 9457):',
    '',
    '| Member | What it is |',
    '| --- | --- |',
    '| `type` | `urn:aiq:problem:<code>`: a stable name, not an address |',
    '| `title`, `status`, `code` | of the table below; a `code` is never renamed and never reused: switch on it |',
    '| `detail` | for the developer of the client, where there is more to say |',
    '| `errors` | of `validation_failed`: `path` and `message` of each place that is wrong |',
    '| `instance` | the path that was asked for |',
    '| `traceId`, `requestId` | to find the request by; the latter is the header `X-Request-ID` too |',
    '',
    'A code may bring members of its own, such as `testSessionId`; they are texts, and named below.',
    '',
    ...table(head, rows),
    '',
  ].join('\n');
}

function routesOf(api: ApiDocument, name: ProblemCode): string {
  return describeRoutes(api, name) || 'any request, before a route takes it';
}
