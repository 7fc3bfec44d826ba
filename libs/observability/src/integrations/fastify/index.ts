export type { ReadinessCheck } from './health-routes.ts';
export { type MetricsRouteOptions, MetricsUnauthorizedError } from './metrics-routes.ts';
export {
  type ObservabilityPluginOptions,
  observabilityPlugin,
  observeUnrouted,
  type RequestOptions,
} from './plugin.ts';
export { type ServeOptions, serve } from './serve.ts';
