/** What documents of the API are made from. */
import type { Observability } from '@aiq/observability';
import type { OpenAPIV3_1 } from 'openapi-types';
import { buildApp } from './app.ts';
import { loadBackendConfig } from './config.ts';
import { createDependencies } from './dependencies.ts';
import type { BackendMetrics } from './telemetry/catalogue.ts';

export { generalProblems } from './problem/general-problems.ts';
export {
  type ProblemCode,
  problemCodeNames,
  problemCodes,
  problemType,
} from './problem/problem-codes.ts';
export { problemHelp } from './problem/problem-help.ts';

/** Reads the OpenAPI document of the backend as `/docs/json` gives it. Needs no database and opens no port. */
export async function readApiDocument(
  observability: Observability<BackendMetrics>,
): Promise<OpenAPIV3_1.Document> {
  const dependencies = await createDependencies({
    config: loadBackendConfig({ ENV: 'test' }),
    observability,
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
  });
  const app = await buildApp(dependencies);
  try {
    await app.ready();
    return app.swagger() as OpenAPIV3_1.Document;
  } finally {
    await app.close();
    await dependencies.close();
  }
}
