import type { ConfigurationEntry } from '@aiq/observability/reference';
import { cell, code, table } from './markdown.ts';

/** Writes the reference of all settings of telemetry. */
export function writeConfiguration(entries: readonly ConfigurationEntry[]): string {
  const rows = entries.map((entry) => [
    entry.variable === undefined ? '' : code(entry.variable),
    entry.aliases.map(code).join('<br>'),
    code(entry.path),
    cell(entry.takes),
    shownDefault(entry, entry.inDevelopment, developmentOnly),
    shownDefault(entry, entry.inProduction, {}),
    cell(entry.description),
  ]);
  const head = [
    'Variable',
    'Alias',
    'In YAML',
    'Takes',
    'Development',
    'Production',
    'What it does',
  ];
  return [
    '# Configuration of telemetry',
    '',
    'Made by `npx pnpm@12 telemetry:docs` from the schema; a test fails where it is out of date.',
    '',
    'Later wins: the schema’s default, `config/observability/default.yaml`, `config/observability/<service>.yaml`, the variable.',
    `In YAML \`\${NAME}\` and \`\${NAME:default}\` are replaced. An empty variable is an unset one. \`npx pnpm@12 diagnose\` prints the`,
    'values a service gets and where each came from.',
    '',
    ...table(head, rows),
    '',
    'Where a variable and its alias are set to different values, the variable wins and the service says so at start;',
    '`OTEL_SDK_DISABLED` wins over `OTEL_ENABLED` likewise.',
    '',
    'Development or production is told by `ENV`, else `RAILWAY_ENVIRONMENT_NAME` (an unknown name is `staging`), else `NODE_ENV`,',
    'else it is development. A configuration that is not valid stops a service in development and test; in staging and production',
    'the service starts with telemetry off and says so.',
    '',
  ].join('\n');
}

/** What stands in for a value that is not set. */
const developmentOnly: Readonly<Record<string, string>> = {
  'otel.endpoint': '`otel.developmentEndpoint`',
};

function shownDefault(
  { path }: ConfigurationEntry,
  value: string | undefined,
  instead: Readonly<Record<string, string>>,
): string {
  if (value !== undefined) return code(value);
  return instead[path] ?? (path === 'otel.endpoint' ? 'not set: nothing is sent' : 'not set');
}
