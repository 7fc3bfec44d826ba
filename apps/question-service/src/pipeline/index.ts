export { loadServiceConfig } from '../config.ts';
export { openDependencies } from '../dependencies.ts';
export { runPipeline } from './run-pipeline.ts';
export type { RunSummary } from './run-summary.ts';
