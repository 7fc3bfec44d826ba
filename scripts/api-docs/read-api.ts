import { readApiDocument } from '@aiq/backend/reference';
import { metrics } from '@aiq/backend/telemetry';
import { createTestObservability } from '@aiq/observability/testing';

export type ApiDocument = Awaited<ReturnType<typeof readApiDocument>>;

/** Reads the backend's OpenAPI document; its telemetry stays in memory. */
export function readApi(): Promise<ApiDocument> {
  const { observability } = createTestObservability({ service: 'aiq-backend', metrics });
  return readApiDocument(observability);
}
