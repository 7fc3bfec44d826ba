import type { FastifyInstance } from 'fastify';

/** Notes the routes that are added to `app` from now on, to tell an unknown method from an unknown path. */
export function createRouteMethods(app: FastifyInstance) {
  const methodsByPattern = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  app.addHook('onRoute', ({ method, url }) => {
    // Preflights are taken on every path: that makes none of them a route.
    if (url === '*') return;
    const known = methodsByPattern.get(url) ?? { pattern: toPattern(url), methods: new Set() };
    for (const name of [method].flat()) known.methods.add(name);
    methodsByPattern.set(url, known);
  });

  return {
    /** Methods that the path of `url` knows, in alphabetical order; none for an unknown path. */
    allowedFor(url: string): string[] {
      const path = url.split('?', 1)[0] ?? '';
      const matching = [...methodsByPattern.values()].filter(({ pattern }) => pattern.test(path));
      return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
    },
  };
}

function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment === '*') return '.*';
    return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${segments.join('/')}$`);
}
