import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import type { Document } from '../../scripts/write-documents.ts';
import { writeAlertmanagerConfig } from './alertmanager/alertmanager.ts';
import { writeCases } from './cases/write-cases.ts';
import { dashboards, writeDashboard } from './dashboards/write-dashboards.ts';
import { ruleFiles, writeRules } from './rules/write-rules.ts';

const at = (path: string, text: string): Document => ({
  path: join(repositoryRoot, 'ops', path),
  text,
});

/** Everything that `npx pnpm@12 ops:generate` writes. */
export function createDocuments(): readonly Document[] {
  return [
    ...ruleFiles().flatMap((file) => [
      at(`prometheus/rules/${file.name}.yml`, writeRules(file)),
      at(`prometheus/tests/${file.name}.test.yml`, writeCases(file)),
    ]),
    ...dashboards.map((spec) => at(`grafana/dashboards/${spec.uid}.json`, writeDashboard(spec))),
    at('alertmanager/alertmanager.yml', writeAlertmanagerConfig()),
  ];
}

/** Files in the folders of generated ones that nothing writes any more. */
export function findLeftovers(): readonly string[] {
  const written = new Set(createDocuments().map(({ path }) => path));
  const folders = [...new Set([...written].map((path) => dirname(path)))];
  return folders
    .flatMap((folder) =>
      globSync('*.{yml,json}', { cwd: folder }).map((name) => join(folder, name)),
    )
    .filter((path) => !written.has(path))
    .sort();
}
