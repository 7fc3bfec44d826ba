// region instrument
import { startObservability } from '@aiq/observability';
import { metrics } from './catalogue.ts';

export const observability = await startObservability({ service: 'aiq-orders', metrics });
// endregion
