/** Where a signal goes. */
export const routes = ['sentry', 'otel', 'both', 'none'] as const;
export type Route = (typeof routes)[number];

export function goesTo(route: Route, destination: 'sentry' | 'otel'): boolean {
  return route === destination || route === 'both';
}
