/** How a server is made observable; each is a process of its own, started by `node --import`. */
export const variants = {
  bare: { title: 'bare', environment: {} },
  full: {
    title: 'ours, everything on (traces 100 %)',
    environment: { OTEL_TRACES_SAMPLER_ARG: '1' },
  },
  sampled: {
    title: 'ours, traces 10 %',
    environment: { OTEL_TRACES_SAMPLER_ARG: '0.1' },
  },
  disabled: { title: 'ours, disabled', environment: { OTEL_SDK_DISABLED: 'true' } },
  stock: {
    title: 'stock (auto-instrumentations-node, @fastify/otel, @sentry/node defaults)',
    environment: {},
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly environment: Readonly<Record<string, string>> }
>;

export type Variant = keyof typeof variants;
export const variantNames = Object.keys(variants) as Variant[];

/** What is asked of a server. */
export const routes = {
  empty: { title: 'empty handler', usesDatabase: false },
  validated: { title: 'JSON handler with validation', usesDatabase: false },
  working: { title: 'handler with 1 ms of its own work', usesDatabase: false },
  'current-question': { title: 'current question (Postgres)', usesDatabase: true },
  answer: { title: 'answer (Postgres)', usesDatabase: true },
} as const;

export type RouteName = keyof typeof routes;
export const routeNames = Object.keys(routes) as RouteName[];
