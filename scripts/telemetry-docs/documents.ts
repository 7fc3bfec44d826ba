import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { describeConfiguration } from '@aiq/observability/reference';
import type { Document } from '../write-documents.ts';
import { readCatalogues } from './metric-catalogues.ts';
import { writeConfiguration } from './write-configuration.ts';
import { writeTelemetry } from './write-telemetry.ts';

/** The documents that are made from code, as they should be. */
export function createDocuments(): readonly Document[] {
  const at = (name: string): string => join(repositoryRoot, 'docs', name);
  return [
    { path: at('telemetry.md'), text: writeTelemetry(readCatalogues()) },
    { path: at('configuration.md'), text: writeConfiguration(describeConfiguration()) },
  ];
}
