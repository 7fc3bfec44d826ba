import { metrics } from '@aiq/backend/telemetry';
import { type Observability, startObservability } from '@aiq/observability';
import { readServerArguments } from './server-arguments.ts';

type BackendMetrics = typeof metrics;

const { variant } = readServerArguments();

/** Ours where the variant is one of ours; what is stock starts by itself. */
export const observability: Observability<BackendMetrics> | undefined =
  variant === 'bare' || variant === 'stock'
    ? undefined
    : await startObservability({ service: 'aiq-bench', metrics });

if (variant === 'stock') await import('./stock.ts');
